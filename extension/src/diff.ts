import * as path from 'node:path';
import * as vscode from 'vscode';

import { inert } from './inert.ts';

/** A file before and after a change. */
export interface Change {
  readonly path: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/** A change that the user has to confirm. */
export interface Proposal extends Change {
  readonly question: string;
  readonly answers: string[];
}

const SCHEME = 'wslgo-diff';
const shown = new Map<string, string>();

/** Provide the texts of the diffs shown so far. */
export function diffs(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => shown.get(uri.toString()),
  });
}

/** Open a diff editor; returns the address of its right side. */
export async function showDiff(change: Change): Promise<vscode.Uri> {
  const sides = (['before', 'after'] as const).map((side) => {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${shown.size}/${side}/${path.basename(change.path)}` });
    shown.set(uri.toString(), change[side]);
    return uri;
  });
  await vscode.commands.executeCommand('vscode.diff', ...sides, change.title);
  return sides[1]!;
}

/** Show a diff until the user answers; null if the question was closed. */
export async function askWithDiff(proposal: Proposal): Promise<string | null> {
  const uri = await showDiff(proposal);
  const answer = await vscode.window.showWarningMessage(inert(proposal.question), ...proposal.answers);
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isOurs = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString();
  await vscode.window.tabGroups.close(tabs.filter(isOurs));
  return answer ?? null;
}
