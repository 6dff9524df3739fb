import * as vscode from 'vscode';

import { showDiff } from './diff.ts';
import { inert } from './inert.ts';
import type { Server } from './server.ts';
import { runInTerminal, type Command } from './terminal.ts';

/** A file that root should write, as the server knows it; only the server looks into it. */
export interface Wish {
  readonly document: string;
}

/** What the server would have root do: the same command every time. */
interface Plan extends Omit<Command, 'name'> {
  readonly token: number;
  readonly title: string;
  readonly detail: string;
  readonly before: string;
  readonly after: string;
}

/** "Apply as root...": the diff, a clear yes, then the server's command in a terminal, where sudo asks for a password. */
export function applyAsRoot(server: Server): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('wslgo.applyAsRoot', (wish: Wish) => apply(server, wish)),
    vscode.commands.registerCommand('wslgo.saveAsRoot', async () => {
      const document = vscode.window.activeTextEditor?.document.uri.toString();
      if (document !== undefined) await apply(server, { document });
    }),
  );
}

async function apply(server: Server, wish: Wish): Promise<void> {
  const plan = vscode.workspace.isTrusted ? await server.ask<Plan | null>('planAsRoot', wish) : null;
  if (!plan) return; // the server has said why
  await showDiff({ ...plan, path: 'wsl.conf' });
  const yes = vscode.l10n.t('Write as Root');
  const answer = await vscode.window.showWarningMessage(inert(plan.title), { modal: true, detail: inert(plan.detail) }, yes);
  const token = { token: plan.token };
  if (answer !== yes || !(await server.ask<boolean>('beginAsRoot', token))) return;
  await runInTerminal({ ...plan, name: 'wsl.conf' });
  if (await server.ask<boolean>('endAsRoot', token)) await reread(wish.document);
}

/** What was not saved is on the disk now. */
async function reread(uri: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  await vscode.window.showTextDocument(document);
  if (document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert');
}
