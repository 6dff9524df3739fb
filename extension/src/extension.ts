import * as vscode from 'vscode';

import { applyAsRoot } from './asroot.ts';
import { openFile, pages } from './pages.ts';
import { Server } from './server.ts';
import { silence } from './silence.ts';
import { createStatus } from './status.ts';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('wslgo', { log: true });
  const status = createStatus();
  const started = (server = new Server(context, log, status));
  context.subscriptions.push(
    log,
    status,
    vscode.commands.registerCommand('wslgo.restart', () => started.restart()),
    vscode.commands.registerCommand('wslgo.showLog', () => log.show()),
    vscode.commands.registerCommand('wslgo.refresh', () => started.ask('refreshHost', {})),
    vscode.commands.registerCommand('wslgo.openWslconfig', () => openFile(started, 'wslconfig')),
    vscode.commands.registerCommand('wslgo.openWslconf', () => openFile(started, 'wslconf')),
    vscode.commands.registerCommand('wslgo.openGoEnv', () => openFile(started, 'goenv')),
    ...pages(started),
    applyAsRoot(),
    silence(),
    vscode.window.onDidChangeWindowState(async ({ focused }) => {
      if (focused) await started.ask('glance', {});
    }),
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
