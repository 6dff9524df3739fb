import * as vscode from 'vscode';

import { showDiff } from './diff.ts';
import { inert } from './inert.ts';
import type { Server } from './server.ts';
import { runInTerminal, type Command } from './terminal.ts';

/** A write that needs root. Only the server reads the other members. */
export interface RootWrite {
  readonly document: string;
}

/** The server's plan for one such write; the command is always the same. */
interface Plan extends Omit<Command, 'name'> {
  readonly token: number;
  readonly title: string;
  readonly detail: string;
  readonly before: string;
  readonly after: string;
}

/** Commands that write as root: show the diff, confirm, then run the server's command in a terminal that asks for the password. */
export function applyAsRoot(server: Server): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('wslgo.applyAsRoot', (write: RootWrite) => apply(server, write)),
    vscode.commands.registerCommand('wslgo.saveAsRoot', async () => {
      const document = vscode.window.activeTextEditor?.document.uri.toString();
      if (document !== undefined) await apply(server, { document });
    }),
  );
}

async function apply(server: Server, write: RootWrite): Promise<void> {
  const plan = vscode.workspace.isTrusted ? await server.ask<Plan | null>('planAsRoot', write) : null;
  if (!plan) return; // the server has shown the reason
  await showDiff({ ...plan, path: 'wsl.conf' });
  const yes = vscode.l10n.t('Write as Root');
  const answer = await vscode.window.showWarningMessage(inert(plan.title), { modal: true, detail: inert(plan.detail) }, yes);
  const token = { token: plan.token };
  if (answer !== yes || !(await server.ask<boolean>('beginAsRoot', token))) return;
  await runInTerminal({ ...plan, name: 'wsl.conf' });
  if (await server.ask<boolean>('endAsRoot', token)) await reload(write.document);
}

/** Reload a document whose unsaved text is on disk now. */
async function reload(uri: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await vscode.window.showTextDocument(document);
  if (document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert');
}
