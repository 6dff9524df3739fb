import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageclient/node';

import { inert } from './inert.ts';
import type { Server } from './server.ts';

/** A place to ignore a rule in: either an edit that does it, or the settings that get the rule. */
interface IgnorePlace {
  readonly title: string;
  readonly detail: string;
  readonly edit?: WorkspaceEdit | null;
  readonly settings?: 'workspace' | 'user' | null;
}

/** The command of "Ignore...": ask where to ignore a rule, and do it. */
export function ignoring(server: Server): vscode.Disposable {
  return vscode.commands.registerCommand('wslgo.ignore', async (rule: string, question: string, places: IgnorePlace[]) => {
    const items = places.map((place) => ({ label: inert(place.title), description: inert(place.detail), place }));
    const chosen = await vscode.window.showQuickPick(items, { placeHolder: inert(question) });
    if (chosen?.place.edit) await server.apply(chosen.place.edit);
    if (chosen?.place.settings) await ignoreInSettings(rule, chosen.place.settings);
  });
}

/** Add a rule to the settings; VS Code edits the file and keeps its comments. */
async function ignoreInSettings(rule: string, settings: 'workspace' | 'user'): Promise<void> {
  const check = vscode.workspace.getConfiguration('wslgo.check');
  const known = check.inspect<string[]>('ignore');
  const add = (rules: readonly string[] = []) => [...new Set([...rules, rule])];
  const { Workspace, Global } = vscode.ConfigurationTarget;
  if (settings === 'user') await check.update('ignore', add(known?.globalValue), Global);
  // The list of a workspace replaces the user's, so it needs the user's rules too.
  if (settings === 'workspace' || known?.workspaceValue !== undefined) {
    await check.update('ignore', add(known?.workspaceValue ?? known?.globalValue), Workspace);
  }
}
