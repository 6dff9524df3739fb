import * as vscode from 'vscode';

import { contributes, documents } from '../package.json';
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

export interface Status extends vscode.Disposable {
  starting(): void;
  running(python: Python): void;
  health(health: Health): void;
  failed(detail: string): void;
}

/** One item beside the language of the documents we look at. */
export function createStatus(): Status {
  const item = vscode.languages.createLanguageStatusItem('wslgo.status', SELECTOR);
  item.name = 'wslgo';
  const restart = { command: 'wslgo.restart', title: vscode.l10n.t('Restart') };
  const showHealth = { command: 'wslgo.showHealth', title: vscode.l10n.t('Show Health') };
  const showLog = { command: 'wslgo.showLog', title: vscode.l10n.t('Open Log') };

  function show(
    text: string,
    detail: string,
    severity: vscode.LanguageStatusSeverity,
    command: vscode.Command,
    busy = false,
  ): void {
    Object.assign(item, { text, detail, severity, command, busy });
  }

  const { Information, Warning, Error } = vscode.LanguageStatusSeverity;
  return {
    starting: () => show('wslgo', vscode.l10n.t('starting'), Information, showLog, true),
    running: ({ command, version }) => show('wslgo', `Python ${version} (${command})`, Information, showLog),
    health: ({ attention, text }) =>
      show(`wslgo: ${text}`, item.detail ?? '', attention ? Warning : Information, showHealth),
    failed: (detail) => show(vscode.l10n.t('wslgo is not running'), detail, Error, restart),
    dispose: () => item.dispose(),
  };
}
