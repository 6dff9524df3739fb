import * as vscode from 'vscode';

import { language } from './bench.ts';
import { preview } from './requests.ts';
import type { Server } from './server.ts';
import { runInTerminal } from './terminal.ts';

/** The command that compares Go here and in CI: in a terminal, and then as a page with links to the lines. */
export function comparing(server: Server, { globalStorageUri }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('wslgo.compareCi', async () => {
    // Other extensions can start a command that the palette does not show.
    if (!vscode.workspace.isTrusted) return;
    const folders = vscode.workspace.workspaceFolders ?? [];
    const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
    const line = folder && (await server.commandLine());
    if (!line) return;
    await vscode.workspace.fs.createDirectory(globalStorageUri);
    const page = vscode.Uri.joinPath(globalStorageUri, 'ci.md');
    const [command, ...start] = line;
    const words = [...start, 'ci', `--lang=${language()}`, `--page=${page.fsPath}`, '--', folder.uri.fsPath];
    const code = await runInTerminal({ name: 'wslgo ci', command, words, folder: globalStorageUri.fsPath });
    if (code === 0) await preview(page);
  });
}
