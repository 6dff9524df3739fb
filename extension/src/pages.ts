import * as vscode from 'vscode';

import { preview } from './requests.ts';
import type { Server } from './server.ts';

const RULE = 'wslgo-rule';
const HEALTH = 'wslgo-health';
const ENTRY = 'wslgo-launch';
const PROGRAM = 'wslgo-program';

/** Markdown pages from the server (rules, machine health, launch entries) and the commands that show them. */
export function pages(server: Server): vscode.Disposable[] {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const { workspace, commands } = vscode;
  // The program may have been built again since its page was shown.
  const showProgram = async (about: object): Promise<void> => {
    const page = vscode.Uri.from({ scheme: PROGRAM, path: '/program.md', query: JSON.stringify(about) });
    changed.fire(page);
    await preview(page);
  };
  return [
    changed,
    workspace.registerTextDocumentContentProvider(RULE, {
      provideTextDocumentContent: ({ path }) => server.ask<string>('explain', { rule: path.replace(/^\/|\.md$/g, '') }),
    }),
    workspace.registerTextDocumentContentProvider(HEALTH, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => server.ask<string>('health', {}),
    }),
    commands.registerCommand('wslgo.openRule', (rule: string) =>
      preview(vscode.Uri.from({ scheme: RULE, path: `/${rule}.md` })),
    ),
    workspace.registerTextDocumentContentProvider(ENTRY, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ query }) => server.ask<string>('explainConfiguration', JSON.parse(query) as object),
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      const about = `{"uri":${JSON.stringify(document.uri.toString())},`;
      for (const { uri } of workspace.textDocuments) {
        if (uri.scheme === ENTRY && uri.query.startsWith(about)) changed.fire(uri);
      }
    }),
    commands.registerCommand('wslgo.explainConfiguration', (uri: string, number: number) =>
      preview(vscode.Uri.from({ scheme: ENTRY, path: `/launch.md`, query: JSON.stringify({ uri, number }) })),
    ),
    workspace.registerTextDocumentContentProvider(PROGRAM, {
      onDidChange: changed.event,
      provideTextDocumentContent: ({ query }) => {
        const about = JSON.parse(query) as object;
        return 'number' in about ? server.ask<string>('inspectConfiguration', about) : server.ask<string>('inspect', about);
      },
    }),
    commands.registerCommand('wslgo.inspectConfiguration', (uri: string, number: number) => showProgram({ uri, number })),
    commands.registerCommand('wslgo.inspect', async (path?: string, libraries = '') => {
      const chosen = path ?? (await vscode.window.showOpenDialog({ openLabel: vscode.l10n.t('Inspect') }))?.[0]?.fsPath;
      if (chosen !== undefined) await showProgram({ path: chosen, libraries });
    }),
    commands.registerCommand('wslgo.showHealth', async () => {
      const page = vscode.Uri.from({ scheme: HEALTH, path: 'wslgo.md' });
      changed.fire(page);
      await preview(page);
    }),
  ];
}
