import * as vscode from 'vscode';

import type { Server } from './server.ts';

const TYPE = 'wslgo';
const MATCHER = '$wslgo';

interface CheckDefinition extends vscode.TaskDefinition {
  readonly paths?: readonly string[];
}

/** `wslgo check` of each open folder as a task, whose findings the Problems panel shows. */
export function checkTasks(server: Server): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(TYPE, {
    provideTasks: async () => {
      const words = await server.commandLine();
      const folders = vscode.workspace.workspaceFolders ?? [];
      return words ? folders.map((folder) => checkTask({ type: TYPE }, folder, words)) : [];
    },
    resolveTask: async ({ definition, scope }) => {
      const words = await server.commandLine();
      const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
      return words && folder ? checkTask(definition, folder, words) : undefined;
    },
  });
}

/** A process and not a shell: what tasks.json names are arguments. In English, which the problem matcher reads. */
function checkTask(
  definition: CheckDefinition,
  folder: vscode.WorkspaceFolder,
  [command, ...words]: readonly [string, ...string[]],
): vscode.Task {
  const args = [...words, 'check', '--lang=en', '--color=never', '--', ...(definition.paths ?? ['.'])];
  const execution = new vscode.ProcessExecution(command, args, { cwd: folder.uri.fsPath });
  const task = new vscode.Task(definition, folder, vscode.l10n.t('check'), TYPE, execution, MATCHER);
  task.group = vscode.TaskGroup.Test;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent };
  return task;
}
