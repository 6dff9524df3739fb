import * as vscode from 'vscode';

import { inert } from './inert.ts';
import type { Server } from './server.ts';

interface ListedProcess {
  readonly pid: number;
  readonly started: number;
  readonly name: string;
  readonly about: string;
  readonly obstacle: string;
}

interface ListedProcesses {
  readonly programs: ListedProcess[];
  readonly leftovers: ListedProcess[];
}

interface Item extends vscode.QuickPickItem {
  readonly process?: ListedProcess;
  readonly isLeftover?: boolean;
}

/** The command that lists the running Go programs: attach to one, or end what a debugger has left. */
export function attaching(server: Server): vscode.Disposable {
  return vscode.commands.registerCommand('wslgo.attach', async () => {
    const found = await server.ask<ListedProcesses | null>('goProcesses', {});
    if (!found) return;
    const items = itemsOf(found);
    if (items.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No Go program is running'));
      return;
    }
    const placeHolder = vscode.l10n.t('Choose the program to attach Delve to');
    const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true });
    if (!chosen?.process) return;
    if (chosen.isLeftover) await end(server, chosen.process);
    else await attach(chosen.process);
  });
}

function itemsOf({ programs, leftovers }: ListedProcesses): Item[] {
  const separator: Item = { label: vscode.l10n.t('Left running by debuggers'), kind: vscode.QuickPickItemKind.Separator };
  return [
    ...programs.map((process) => ({ ...itemOf(process), detail: inert(process.obstacle || process.about) })),
    ...(leftovers.length > 0 ? [separator] : []),
    ...leftovers.map((process) => ({ ...itemOf(process), detail: inert(process.about), isLeftover: true })),
  ];
}

function itemOf(process: ListedProcess): Item {
  return { label: inert(process.name), description: String(process.pid), process };
}

async function attach({ pid, name, obstacle }: ListedProcess): Promise<void> {
  if (obstacle) {
    void vscode.window.showWarningMessage(inert(`${name} (${pid}): ${obstacle}`));
    return;
  }
  const entry = { type: 'go', request: 'attach', mode: 'local', name: `${name} (${pid})`, processId: pid };
  await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], entry);
}

async function end(server: Server, { pid, started, name, about }: ListedProcess): Promise<void> {
  const answer = vscode.l10n.t('End Process');
  const question = vscode.l10n.t('End process {0}?', pid);
  const detail = inert(`${name}\n${about}`);
  const chosen = await vscode.window.showWarningMessage(inert(question), { modal: true, detail }, answer);
  if (chosen === answer) await server.ask('endLeftover', { pid, started });
}
