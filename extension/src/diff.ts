import * as path from 'node:path';
import * as vscode from 'vscode';

import { inert } from './inert.ts';

/** A file as it is and as it would be. */
export interface Change {
  readonly path: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/** A change of which the server wants to know whether it may be made. */
export interface Asked extends Change {
  readonly question: string;
  readonly answers: string[];
}

const SCHEME = 'wslgo-diff';
const shown = new Map<string, string>();

/** The texts of the diffs that were shown. */
export function diffs(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => shown.get(uri.toString()),
  });
}

export async function showDiff(change: Change): Promise<vscode.Uri> {
  const sides = (['before', 'after'] as const).map((side) => {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${shown.size}/${side}/${path.basename(change.path)}` });
    shown.set(uri.toString(), change[side]);
    return uri;
  });
  await vscode.commands.executeCommand('vscode.diff', ...sides, change.title);
  return sides[1]!;
}

/** Shows the diff until one of the answers is chosen; nothing when the question is closed. */
export async function ask(asked: Asked): Promise<string | null> {
  const uri = await showDiff(asked);
  const answer = await vscode.window.showWarningMessage(inert(asked.question), ...asked.answers);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isOurs = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString();
  await vscode.window.tabGroups.close(tabs.filter(isOurs));
  return answer ?? null;
}
