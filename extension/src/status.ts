import * as vscode from 'vscode';

import { contributes, documents } from '../package.json';
import { inert } from './inert.ts';
import type { Python } from './python.ts';

const wslconf = contributes.languages[0]!;
const GO_FILES = ['go.mod', 'go.work'];
const GO_SOURCE = [
  { scheme: 'file', language: 'go' },
  { scheme: 'file', pattern: '**/*.go' },
];

/** Documents that the server reads: by language, and by name in case the user has associated another language. */
export const SELECTOR = [
  ...[wslconf.id, ...GO_FILES].map((language) => ({ scheme: 'file', language })),
  ...[...wslconf.filenames, ...GO_FILES].map((name) => ({ scheme: 'file', pattern: `**/${name}` })),
  ...documents.map((pattern) => ({ scheme: 'file', pattern })),
];

/** How many items of this machine need attention, and which. */
export interface Health {
  readonly attention: number;
  readonly text: string;
}

export type Status = ReturnType<typeof createStatus>;

/** The status item next to the language, in Go files too. */
export function createStatus() {
  const item = vscode.languages.createLanguageStatusItem('wslgo.status', [...SELECTOR, ...GO_SOURCE]);
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
