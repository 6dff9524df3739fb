import * as vscode from 'vscode';

import type { Server } from './server.ts';

/** A folder with Go programs, and the installed extensions: one of them debugs. */
interface Target {
  readonly folder: string;
  readonly extensions: string[];
}

/** Documents to save: they hold no changes by the user. */
interface Written {
  readonly save: string[];
}

/** Generated launch configurations: written by a command, and offered by Run and Debug without a launch.json. */
export function launchConfigurations(server: Server): vscode.Disposable[] {
  const provider: vscode.DebugConfigurationProvider = {
    // Without a folder VS Code asks for the user settings, which would list the same entries twice. The answer must be
    // a list: otherwise VS Code shows no entry of any folder.
    provideDebugConfigurations: async (folder, token) =>
      (folder && (await server.ask<vscode.DebugConfiguration[]>('debugConfigurations', targetIn(folder), token))) ?? [],
  };
  const { Initial, Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return [
    ...[Initial, Dynamic].map((kind) => vscode.debug.registerDebugConfigurationProvider('go', provider, kind)),
    vscode.commands.registerCommand('wslgo.generateLaunch', () => generate(server)),
    vscode.commands.registerCommand('wslgo.debugConfiguration', async (uri: string, name: string) => {
      const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
      await vscode.debug.startDebugging(folder ?? vscode.workspace.workspaceFolders?.[0], name);
    }),
  ];
}

async function generate(server: Server): Promise<void> {
  const folder = await chosenFolder();
  const written = folder && (await server.ask<Written | null>('generateLaunch', targetIn(folder)));
  for (const uri of written?.save ?? []) {
    await (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).save();
  }
}

async function chosenFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const [first, ...more] = vscode.workspace.workspaceFolders ?? [];
  if (first === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a folder first: launch configurations go into its .vscode folder'),
    );
  }
  return more.length > 0 ? vscode.window.showWorkspaceFolderPick() : first;
}

function targetIn({ uri }: vscode.WorkspaceFolder): Target {
  return { folder: uri.toString(), extensions: vscode.extensions.all.map(({ id }) => id) };
}
