import * as vscode from 'vscode';

import { applyAsRoot, type Wish } from './asroot.ts';
import { debugging } from './debugging.ts';
import { diffs } from './diff.ts';
import { pages } from './pages.ts';
import { provisioning } from './provision.ts';
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
    openFile(started, 'wslgo.openWslconfig', 'wslconfig'),
    openFile(started, 'wslgo.openWslconf', 'wslconf'),
    openFile(started, 'wslgo.openGoEnv', 'goenv'),
    ...pages(started),
    ...debugging(started),
    ...provisioning(started),
    diffs(),
    applyAsRoot(started),
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

/** The server shows a file of the machine; one that only root can make it hands back, as a wish. */
function openFile(server: Server, command: string, file: string): vscode.Disposable {
  return vscode.commands.registerCommand(command, async () => {
    const wish = await server.ask<Wish | null>('open', { file });
    if (wish) await vscode.commands.executeCommand('wslgo.applyAsRoot', wish);
  });
}

// VS Code waits for this, but not for what a subscription's dispose() leaves running.
export async function deactivate(): Promise<void> {
  await server?.stop();
}
