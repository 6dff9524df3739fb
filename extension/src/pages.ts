import * as vscode from 'vscode';

import { preview } from './requests.ts';
import type { Server } from './server.ts';

const RULE = 'wslgo-rule';
const HEALTH = 'wslgo-health';
const ENTRY = 'wslgo-launch';

/** Markdown pages from the server (rules, machine health, launch entries) and the commands that show them. */
export function pages(server: Server): vscode.Disposable[] {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const { workspace, commands } = vscode;
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
    commands.registerCommand('wslgo.showHealth', async () => {
      const page = vscode.Uri.from({ scheme: HEALTH, path: 'wslgo.md' });
      changed.fire(page);
      await preview(page);
    }),
  ];
}
