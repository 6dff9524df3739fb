import * as vscode from 'vscode';

import { inert } from './inert.ts';
import type { Server } from './server.ts';

/** Warnings about what Delve will not do: before it debugs a compiled program, and for a breakpoint in a kernel. */
export function inspecting(server: Server): vscode.Disposable[] {
  let hasAdvised = false;
  const provider: vscode.DebugConfigurationProvider = {
    // VS Code has run the task before by now, and the session does not wait for the answer.
    resolveDebugConfigurationWithSubstitutedVariables: (_folder, configuration) => {
      if (configuration['mode'] === 'exec' && typeof configuration['program'] === 'string') {
        const { LD_LIBRARY_PATH: libraries } = (configuration['env'] ?? {}) as Record<string, unknown>;
        const path = configuration['program'];
        void warn(server, { path, libraries: typeof libraries === 'string' ? libraries : '' });
      }
      return configuration;
    },
  };
  return [
    vscode.debug.registerDebugConfigurationProvider('go', provider),
    vscode.debug.onDidChangeBreakpoints(async ({ added }) => {
      for (const breakpoint of added) {
        if (hasAdvised || !(breakpoint instanceof vscode.SourceBreakpoint)) continue;
        const { uri, range } = breakpoint.location;
        if (!/\.cuh?$/.test(uri.path)) continue;
        const advice = await server.ask<string | null>('warnOfBreakpoint', { uri: uri.toString(), line: range.start.line });
        if (!advice || hasAdvised) continue;
        hasAdvised = true;
        void vscode.window.showInformationMessage(inert(advice));
      }
    }),
  ];
}

async function warn(server: Server, program: { readonly path: string; readonly libraries: string }): Promise<void> {
  const warning = await server.ask<string | null>('warnOfProgram', program);
  if (!warning) return;
  const details = vscode.l10n.t('Show Details');
  const answer = await vscode.window.showWarningMessage(inert(warning), details);
  if (answer === details) await vscode.commands.executeCommand('wslgo.inspect', program.path, program.libraries);
}
