import * as vscode from 'vscode';

import { attaching } from './attach.ts';
import { applyAsRoot, type RootWrite } from './asRoot.ts';
import { measuring } from './bench.ts';
import { comparing } from './ci.ts';
import { diffs } from './diff.ts';
import { ignoring } from './ignore.ts';
import { inspecting } from './inspect.ts';
import { launchConfigurations } from './launch.ts';
import { networkChecks } from './network.ts';
import { pages } from './pages.ts';
import { provisioning } from './provision.ts';
import { requestedPages } from './requests.ts';
import { Server } from './server.ts';
import { createStatus } from './status.ts';
import { checkTasks } from './tasks.ts';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('wslgo', { log: true });
  const status = createStatus();
  const started = (server = new Server(context, log, status));
  context.subscriptions.push(
    log,
    status,
    vscode.commands.registerCommand('wslgo.getStarted', () => getStarted(context)),
    vscode.commands.registerCommand('wslgo.restart', () => started.restart()),
    vscode.commands.registerCommand('wslgo.showLog', () => log.show()),
    vscode.commands.registerCommand('wslgo.refresh', () => started.ask('refreshHost', {})),
    openFile(started, 'wslgo.openWslconfig', 'wslconfig'),
    openFile(started, 'wslgo.openWslconf', 'wslconf'),
    openFile(started, 'wslgo.openGoEnv', 'goenv'),
    ...pages(started),
    ...launchConfigurations(started),
    ...provisioning(started),
    ...networkChecks(started),
    ...inspecting(started),
    attaching(started),
    measuring(started, context),
    comparing(started, context),
    checkTasks(started),
    diffs(),
    requestedPages(),
    applyAsRoot(started),
    ignoring(started),
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

async function getStarted({ extension }: vscode.ExtensionContext): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extension.id}#start`);
}

/** Open a file of this machine. If only root can create it, the server answers with that write instead. */
function openFile(server: Server, command: string, file: string): vscode.Disposable {
  return vscode.commands.registerCommand(command, async () => {
    const write = await server.ask<RootWrite | null>('open', { file });
    if (write) await vscode.commands.executeCommand('wslgo.applyAsRoot', write);
  });
}

// VS Code waits for this function, but not for asynchronous work started by dispose().
export async function deactivate(): Promise<void> {
  await server?.stop();
}
