import * as vscode from 'vscode';

import { inert } from './inert.ts';
import { preview } from './requests.ts';
import type { Server } from './server.ts';
import { runInTerminal } from './terminal.ts';

interface Item extends vscode.QuickPickItem {
  readonly words: readonly string[];
}

/** The command that measures what places cost the go command: in a terminal, and then as a page. */
export function measuring(server: Server, { globalStorageUri }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('wslgo.bench', async () => {
    const placeHolder = vscode.l10n.t('Choose what to build on each drive; it takes minutes');
    const chosen = await vscode.window.showQuickPick(choices(), { placeHolder });
    const line = chosen && (await server.commandLine());
    if (!line) return;
    await vscode.workspace.fs.createDirectory(globalStorageUri);
    const page = vscode.Uri.joinPath(globalStorageUri, 'bench.md');
    const [command, ...start] = line;
    const words = [...start, 'bench', ...chosen.words, `--lang=${language()}`, `--page=${page.fsPath}`];
    const code = await runInTerminal({ name: 'wslgo bench', command, words, folder: globalStorageUri.fsPath });
    if (code === 0) await preview(page);
  });
}

/** The sample, small or whole, and a copy of each open folder. */
function choices(): Item[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [
    { label: vscode.l10n.t('Quick sample'), words: ['--quick'] },
    { label: vscode.l10n.t('Whole sample'), words: [] },
    ...folders.map(({ name, uri }) => ({
      label: vscode.l10n.t('A copy of {0}', inert(name)),
      words: [`--workspace=${uri.fsPath}`],
    })),
  ];
}

/** The language of the server, as the command line takes it. */
export function language(): string {
  const chosen = vscode.workspace.getConfiguration('wslgo').get('language', 'auto');
  const spoken = chosen === 'auto' ? vscode.env.language : chosen;
  return spoken.startsWith('zh') ? 'zh-cn' : 'en';
}
