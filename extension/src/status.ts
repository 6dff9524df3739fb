import * as vscode from 'vscode';

import { contributes, documents } from '../package.json';
import { inert } from './inert.ts';
import type { Python } from './python.ts';

const wslconf = contributes.languages[0]!;
const GO_FILES = ['go.mod', 'go.work'];

/** The documents that are the server's business: by language id, and by name where an association of the user's differs. */
export const SELECTOR = [
  ...[wslconf.id, ...GO_FILES].map((language) => ({ scheme: 'file', language })),
  ...[...wslconf.filenames, ...GO_FILES].map((name) => ({ scheme: 'file', pattern: `**/${name}` })),
  ...documents.map((pattern) => ({ scheme: 'file', pattern })),
];

/** How many things of the machine want attention, and which. */
export interface Health {
  readonly attention: number;
  readonly text: string;
}

export type Status = ReturnType<typeof createStatus>;

/** One item beside the language of the documents we look at. */
export function createStatus() {
  const item = vscode.languages.createLanguageStatusItem('wslgo.status', SELECTOR);
  item.name = 'wslgo';
  const restart = { command: 'wslgo.restart', title: vscode.l10n.t('Restart') };
  const showHealth = { command: 'wslgo.showHealth', title: vscode.l10n.t('Show Health') };
  const showLog = { command: 'wslgo.showLog', title: vscode.l10n.t('Open Log') };

  const show = (shown: Partial<vscode.LanguageStatusItem>) => Object.assign(item, { busy: false, ...shown });
  const { Information, Warning, Error } = vscode.LanguageStatusSeverity;
  return {
    starting: () =>
      show({ text: 'wslgo', detail: vscode.l10n.t('starting'), severity: Information, command: showLog, busy: true }),
    running: ({ command, version }: Python) =>
      show({ text: 'wslgo', detail: inert(`Python ${version} (${command})`), severity: Information, command: showLog }),
    health: ({ attention, text }: Health) =>
      show({ text: inert(`wslgo: ${text}`), severity: attention ? Warning : Information, command: showHealth }),
    failed: (detail: string) =>
      show({ text: vscode.l10n.t('wslgo is not running'), detail: inert(detail), severity: Error, command: restart }),
    dispose: () => item.dispose(),
  };
}
