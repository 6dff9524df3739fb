import * as vscode from 'vscode';
import type { Middleware, ProgressToken } from 'vscode-languageclient/node';

import { inert } from './inert.ts';

// VS Code hides the fourth notification within 800 ms, and that would be the one with the result.
const DELAY = 500; // ms

type Handle = NonNullable<Middleware['handleWorkDoneProgress']>;

interface Shown {
  readonly report: (message?: string) => void;
  readonly end: () => void;
}

/** Cancellable work as a notification with a Cancel button; the client would only show it in the status bar. */
export class Notifications {
  private readonly shown = new Map<ProgressToken, Shown>();
  private readonly cancel: (token: ProgressToken) => void;

  constructor(cancel: (token: ProgressToken) => void) {
    this.cancel = cancel;
  }

  readonly handle: Handle = (token, value, next) => {
    if (value.kind === 'begin' && value.cancellable) this.shown.set(token, show(value.title, () => this.cancel(token)));
    else if (value.kind === 'report' && this.shown.has(token)) this.shown.get(token)?.report(value.message);
    else next(token, value);
    if (value.kind === 'end') this.end(token);
  };

  /** End every notification: the server is gone and cannot do it. */
  clear(): void {
    for (const token of this.shown.keys()) this.end(token);
  }

  private end(token: ProgressToken): void {
    this.shown.get(token)?.end();
    this.shown.delete(token);
  }
}

function show(title: string, cancel: () => void): Shown {
  let latest: string | undefined; // kept until the notification is there
  let progress: vscode.Progress<{ message?: string }> | undefined;
  let resolve = () => {};
  const ended = new Promise<void>((done) => (resolve = done));
  const report = (message?: string) => {
    latest = message;
    if (message !== undefined) progress?.report({ message: inert(message) });
  };
  const { Notification } = vscode.ProgressLocation;
  const timer = setTimeout(() => {
    void vscode.window.withProgress({ location: Notification, title: inert(title), cancellable: true }, (own, token) => {
      progress = own;
      report(latest);
      token.onCancellationRequested(cancel);
      return ended;
    });
  }, DELAY);
  const end = () => {
    clearTimeout(timer);
    resolve();
  };
  return { report, end };
}
