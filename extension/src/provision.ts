import * as vscode from 'vscode';

import type { Server } from './server.ts';

/** Commands that start provisioning and its undo; the server plans, asks and applies. */
export function provisioning(server: Server): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('wslgo.provision', async () => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
      if (folder || folders.length === 0) await server.ask('provision', { folder: folder?.uri.toString() ?? '' });
    }),
    vscode.commands.registerCommand('wslgo.undoProvision', () => server.ask('undoProvision', {})),
  ];
}
