import * as vscode from 'vscode';

import type { Server } from './server.ts';

/** A file of the machine as the server tells it; `text` is what a new one should hold. */
interface Place {
  readonly path: string;
  readonly exists: boolean;
  readonly text: string;
}

const RULE = 'wslgo-rule';
const HEALTH = 'wslgo-health';

/** Pages that the server writes in Markdown, and the commands that show them. */
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
    commands.registerCommand('wslgo.showHealth', async () => {
      const page = vscode.Uri.from({ scheme: HEALTH, path: 'wslgo.md' });
      changed.fire(page);
      await preview(page);
    }),
  ];
}

async function preview(page: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

/** Opens a file that configures the machine; a missing one is made after a yes. */
export async function openFile(server: Server, file: string): Promise<void> {
  const place = await server.ask<Place | null>('locate', { file });
  if (!place) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('wslgo does not know where this file lies: the workspace is not trusted, or this is not WSL'),
    );
    return;
  }
  const made = place.exists || !(await isWanted(place.path)) ? place : await server.ask<Place>('create', { file });
  if (made?.exists) await vscode.window.showTextDocument(vscode.Uri.file(made.path));
  else if (made && made !== place) await showNew(made);
}

async function isWanted(path: string): Promise<boolean> {
  const create = vscode.l10n.t('Create');
  const question = vscode.l10n.t('{0} does not exist yet', path);
  return (await vscode.window.showInformationMessage(question, { modal: true }, create)) === create;
}

/** Only root may write the file: the text is shown, and VS Code asks for consent when it is saved. */
async function showNew({ path, text }: Place): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'untitled', path }));
  const editor = await vscode.window.showTextDocument(document);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
}
