import * as vscode from 'vscode';

/** A program that the server wants to run. Its words go to the program as they are, without a shell. */
export interface Command {
  readonly name: string;
  readonly command: string;
  readonly words: string[];
  readonly folder: string;
}

let count = 0;

/** Run a program in a terminal, where it can ask for a password. Returns its exit code, or null if the user stopped it. */
export async function runInTerminal({ name, command, words, folder }: Command): Promise<number | null> {
  const own = `${name} (${(count += 1)})`;
  const execution = new vscode.ProcessExecution(command, words, { cwd: folder });
  const task = new vscode.Task({ type: 'wslgo-as-root' }, vscode.TaskScope.Workspace, own, 'wslgo', execution);
  task.presentationOptions = { echo: false, focus: true, showReuseMessage: false, clear: true };
  let code: number | null = null;
  const ended = new Promise<void>((resolve) => {
    const subscription = vscode.Disposable.from(
      vscode.tasks.onDidEndTaskProcess((end) => {
        if (end.execution.task.name === own) code = end.exitCode ?? null;
      }),
      vscode.tasks.onDidEndTask((end) => {
        if (end.execution.task.name !== own) return;
        subscription.dispose();
        resolve();
      }),
    );
  });
  await vscode.tasks.executeTask(task);
  await ended;
  return code;
}
