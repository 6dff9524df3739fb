import * as vscode from 'vscode';

import type { Server } from './server.ts';

/** The folder whose programs are meant, and the extensions that may debug them. */
interface Wanted {
  readonly folder: string;
  readonly extensions: string[];
}

/** What the server would have saved: documents without changes of the user's. */
interface Written {
  readonly save: string[];
}

/** Generated launch configurations: written by a command, and offered by Run and Debug without any file. */
export function debugging(server: Server): vscode.Disposable[] {
  const provider: vscode.DebugConfigurationProvider = {
    // Without a folder VS Code means the user's settings, where the same entries would stand a second time. It wants a
    // list in any case: without one it shows nothing of any folder.
    provideDebugConfigurations: async (folder, token) =>
      (folder && (await server.ask<vscode.DebugConfiguration[]>('debugConfigurations', about(folder), token))) ?? [],
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
  const written = folder && (await server.ask<Written | null>('generateLaunch', about(folder)));
  for (const uri of written?.save ?? []) {
    await (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).save();
  }
}

async function chosenFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const [first, ...more] = vscode.workspace.workspaceFolders ?? [];
  if (first === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a folder first: launch configurations are written into its .vscode'),
    );
  }
  return more.length > 0 ? vscode.window.showWorkspaceFolderPick() : first;
}

function about({ uri }: vscode.WorkspaceFolder): Wanted {
  return { folder: uri.toString(), extensions: vscode.extensions.all.map(({ id }) => id) };
}
