import * as vscode from 'vscode';

import { inert } from './inert.ts';
import { preview } from './pages.ts';
import type { Server } from './server.ts';

/** A page that the server has written in Markdown. */
interface Page {
  readonly name: string;
  readonly text: string;
}

/** What the server wants to know before it goes on. */
interface Question {
  readonly question: string;
  readonly detail: string;
  readonly answers: string[];
}

const SCHEME = 'wslgo-plan';
const shown = new Map<string, string>();
let showings = 0;

/** The server plans, asks, applies and takes back; this is where it begins, and what it shows. */
export function provisioning(server: Server): vscode.Disposable[] {
  return [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (page) => shown.get(page.toString()),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.toString())),
    vscode.commands.registerCommand('wslgo.provision', async () => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
      if (folder || folders.length === 0) await server.ask('provision', { folder: folder?.uri.toString() ?? '' });
    }),
    vscode.commands.registerCommand('wslgo.undoProvision', () => server.ask('undoProvision', {})),
  ];
}

/**
 * Show a page as a document of its own: the preview posts changes of a document with a delay, and a change of the
 * page before may arrive on this one and take its place.
 */
export async function showPage({ name, text }: Page): Promise<null> {
  const page = vscode.Uri.from({ scheme: SCHEME, path: `/${name}`, query: String(++showings) });
  shown.set(page.toString(), text);
  await preview(page);
  return null;
}

/** The answer that was chosen; nothing when the question is closed. */
export async function confirm({ question, detail, answers }: Question): Promise<string | null> {
  const options = { modal: true, detail: inert(detail) };
  return (await vscode.window.showInformationMessage(inert(question), options, ...answers)) ?? null;
}
