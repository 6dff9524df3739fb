import * as vscode from 'vscode';

import { Server } from './server.ts';
import { createStatus } from './status.ts';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('wslgo', { log: true });
  const status = createStatus();
  const started = (server = new Server(context.extensionUri.fsPath, log, status));
  context.subscriptions.push(
    log,
    status,
    vscode.commands.registerCommand('wslgo.restart', () => started.restart()),
    vscode.commands.registerCommand('wslgo.showLog', () => log.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => started.restart()),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('wslgo.interpreter')) await started.restart();
    }),
  );
  await started.restart();
}

// VS Code waits for this, but not for what a subscription's dispose() leaves running.
export async function deactivate(): Promise<void> {
  await server?.stop();
}
