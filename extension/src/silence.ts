import * as vscode from 'vscode';

/** Silences a rule in the settings of the workspace or of the user; VS Code edits the file and keeps its comments. */
export function silence(): vscode.Disposable {
  return vscode.commands.registerCommand('wslgo.silence', async (rule: string, where: 'workspace' | 'machine') => {
    const settings = vscode.workspace.getConfiguration('wslgo.check');
    const known = settings.inspect<string[]>('ignore');
    const add = (rules: readonly string[] = []) => [...new Set([...rules, rule])];
    const { Workspace, Global } = vscode.ConfigurationTarget;
    if (where === 'machine') await settings.update('ignore', add(known?.globalValue), Global);
    // The list of a workspace stands in for that of the user, so it has to hold those rules, too.
    if (where === 'workspace' || known?.workspaceValue !== undefined) {
      await settings.update('ignore', add(known?.workspaceValue ?? known?.globalValue), Workspace);
    }
  });
}
