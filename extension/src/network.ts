import * as vscode from 'vscode';

import type { Server } from './server.ts';

/** The commands that ask the network; the server asks, shows how far it is, and sends the page. */
export function networkChecks(server: Server): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('wslgo.checkNetwork', () => server.ask('checkNetwork', { drill: false })),
    vscode.commands.registerCommand('wslgo.drillNetwork', () => server.ask('checkNetwork', { drill: true })),
  ];
}
