import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

import { askWithDiff } from './diff.ts';
import { inert } from './inert.ts';
import { runInTerminal } from './terminal.ts';

/** A Markdown page of a provisioning run: its plan or its result. */
interface Page {
  readonly name: string;
  readonly text: string;
}

/** A question that the server needs answered before it continues. */
interface Question {
  readonly question: string;
  readonly detail: string;
  readonly answers: string[];
}

const SCHEME = 'wslgo-plan';
const pages = new Map<string, string>();
let shown = 0;

/** Answer the requests that the server sends to this extension. */
export function answerRequests(client: LanguageClient): void {
  client.onRequest('wslgo/ask', askWithDiff);
  client.onRequest('wslgo/confirm', confirm);
  client.onRequest('wslgo/showPage', showPage);
  client.onRequest('wslgo/runAsRoot', runInTerminal);
}

/** Provide the text of the pages that the server sent; a closed page is dropped. */
export function requestedPages(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (page) => pages.get(page.toString()),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => pages.delete(uri.toString())),
  );
}

/** Open a page in the Markdown preview. */
export async function preview(page: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('markdown.showPreview', page);
}

/**
 * Show a page as a document of its own: the preview posts changes of a document with a delay, so a change of the
 * previous page could arrive on this one. All pages are in one folder: for another folder the preview would first load
 * the previous page again, with the rights of the new one.
 */
async function showPage({ name, text }: Page): Promise<null> {
  const page = vscode.Uri.from({ scheme: SCHEME, path: `/${name.replace(/\.md$/, '')}-${++shown}.md` });
  pages.set(page.toString(), text);
  await preview(page);
  return null;
}

/** Return the chosen answer, or null if the question was closed. */
async function confirm({ question, detail, answers }: Question): Promise<string | null> {
  const options = { modal: true, detail: inert(detail) };
  return (await vscode.window.showInformationMessage(inert(question), options, ...answers)) ?? null;
}
