import * as vscode from 'vscode';

import type { Server } from './server.ts';

/** Ask for a folder if several are open. */
async function pickFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return (folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0])?.uri;
}

function inThisWindow(copy: string): vscode.Uri {
  const { path } = vscode.Uri.parse(copy);
  const open = vscode.workspace.workspaceFolders?.[0]?.uri;
  return open ? open.with({ path }) : vscode.Uri.file(path);
}

/** Commands that start provisioning and its undo; the server plans, asks and applies. */
export function provisioning(server: Server): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('wslgo.provision', async () => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
      if (folder || folders.length === 0) await server.ask('provision', { folder: folder?.uri.toString() ?? '' });
    }),
    vscode.commands.registerCommand('wslgo.undoProvision', () => server.ask('undoProvision', {})),
    vscode.commands.registerCommand('wslgo.moveWorkspace', async (inside?: string) => {
      const folder = inside ?? (await pickFolder())?.toString();
      const copy = folder && (await server.ask<string>('moveWorkspace', { folder }));
      // The URI of the server has no authority; that of the window names the distribution.
      if (copy) await vscode.commands.executeCommand('vscode.openFolder', inThisWindow(copy));
    }),
  ];
}
