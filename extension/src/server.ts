import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CancellationToken,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type LanguageClientOptions,
  type Middleware,
} from 'vscode-languageclient/node';

import { ask } from './diff.ts';
import { inert } from './inert.ts';
import { Notifications } from './progress.ts';
import { confirm, showPage } from './provision.ts';
import { choose, expandHome, isWithin, NAMES, OLDEST, onPath, projects, versionOf, type Choice, type Python } from './python.ts';
import { SELECTOR, type Health, type Status } from './status.ts';
import { runInTerminal } from './terminal.ts';

/** The part of the Python extension's API that we use. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** One language client at a time; starts and stops follow each other, however fast they are asked for. */
export class Server {
  private readonly home: string;
  private readonly terminals: vscode.EnvironmentVariableCollection;
  private readonly log: vscode.LogOutputChannel;
  private readonly status: Status;
  private client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, status: Status) {
    this.home = context.extensionUri.fsPath;
    this.terminals = context.environmentVariableCollection;
    this.log = log;
    this.status = status;
  }

  restart(): Promise<void> {
    return (this.last = this.last.then(() => this.stopClient()).then(() => this.startClient()));
  }

  stop(): Promise<void> {
    return (this.last = this.last.then(() => this.stopClient()));
  }

  /** What the server answers to one of its commands; nothing while there is no server. */
  async ask<T>(name: string, argument: object, token: vscode.CancellationToken = CancellationToken.None): Promise<T | undefined> {
    await this.last;
    const words = { command: `wslgo.server.${name}`, arguments: [argument] };
    return this.client?.isRunning() ? this.client.sendRequest<T>('workspace/executeCommand', words, token) : undefined;
  }

  private async startClient(): Promise<void> {
    this.status.starting();
    const wished = expandHome(setting('interpreter'));
    const choice = await choose(wished ? [wished] : commands(), (command) => versionOf(command, this.home));
    if (choice.python === undefined) {
      const problem = problemOf(choice, wished);
      this.log.error(problem);
      this.status.failed(vscode.l10n.t('no Python {0} or newer', OLDEST));
      // Not awaited: the answer may come in an hour, or never.
      void offerSetting(problem);
      return;
    }
    const { python } = choice;
    this.log.info(`starting with Python ${python.version} (${python.command})`);
    this.offerInTerminals(python);
    const client = this.createClient(python);
    this.client = client;
    client.onNotification('wslgo/health', (health: Health) => void this.status.health(health));
    client.onRequest('wslgo/ask', ask);
    client.onRequest('wslgo/confirm', confirm);
    client.onRequest('wslgo/showPage', showPage);
    client.onRequest('wslgo/runAsRoot', runInTerminal);
    client.onDidChangeState(({ newState }) => {
      // A client that we stopped ourselves has nothing to say any more.
      if (this.client === client) this.show(newState, python);
    });
    try {
      await client.start();
    } catch (error) {
      // The client itself has told the user; the log keeps why.
      this.log.error(error instanceof Error ? error : String(error));
      this.show(State.StartFailed, python);
    }
  }

  private async stopClient(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    if (!client?.needsStop()) return;
    try {
      await client.stop();
    } catch (error) {
      // A server that hangs or just died must not keep the next one from starting.
      this.log.warn(error instanceof Error ? error.message : String(error));
    }
  }

  private createClient({ command }: Python): LanguageClient {
    // Our own directory as working directory: a workspace's `json.py` must never be imported.
    const run = { command, args: ['-I', path.join(this.home, 'bundled', 'start.py')], options: { cwd: this.home } };
    const notifications = new Notifications((token) => {
      void client.sendNotification('window/workDoneProgress/cancel', { token });
    });
    const options: LanguageClientOptions = {
      documentSelector: SELECTOR,
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      synchronize: { configurationSection: 'wslgo' },
      // A function, because a server that is started again after a crash must get what holds then.
      initializationOptions: () => ({
        settings: vscode.workspace.getConfiguration().get('wslgo'),
        locale: vscode.env.language,
        trusted: vscode.workspace.isTrusted,
        health: true,
        can: ['silence', 'asRoot', 'ask', 'debug', 'explain', 'pages', 'terminal'],
        rulePages: 'wslgo-rule:/{rule}.md',
      }),
      middleware: { executeCommand: saveThenExecute, handleWorkDoneProgress: notifications.handle },
    };
    const client = new LanguageClient('wslgo', 'wslgo', run, options);
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) notifications.clear();
    });
    return client;
  }

  /** Terminals find `wslgo`; one that the user has installed comes first. */
  private offerInTerminals({ command }: Python): void {
    this.terminals.description = vscode.l10n.t('Adds the command wslgo');
    this.terminals.append('PATH', path.delimiter + path.join(this.home, 'bundled', 'bin'));
    this.terminals.replace('WSLGO_PYTHON', command);
  }

  private show(state: State, python: Python): void {
    if (state === State.Starting) this.status.starting();
    else if (state === State.Running) this.status.running(python);
    else this.status.failed(vscode.l10n.t('The server has stopped; the log says why'));
  }
}

function setting(name: string): string {
  return vscode.workspace.getConfiguration('wslgo').get<string>(name, '').trim();
}

/**
 * Where to look without a setting. The server needs no package of any environment, so the system's Python is as good as
 * the project's, and is there without waking the Python extension, which comes last and only where code may run. One in
 * the workspace is never taken.
 */
async function* commands(): AsyncGenerator<string> {
  const workspaces = projects((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath));
  yield* onPath(NAMES, process.env['PATH'] ?? '', workspaces);
  const extension = vscode.extensions.getExtension<PythonExtension>('ms-python.python');
  if (extension === undefined || !vscode.workspace.isTrusted) return;
  const { environments } = await extension.activate();
  const environment = await environments.resolveEnvironment(environments.getActiveEnvironmentPath());
  const program = environment?.executable.uri?.fsPath;
  if (program !== undefined && !isWithin(program, workspaces)) yield program;
}

/** Why there is no server, and what to do about it. */
function problemOf({ tooOld }: Choice, wished: string): string {
  const [found] = tooOld;
  if (found) {
    return vscode.l10n.t(
      'wslgo needs Python {0} or newer, but {1} is Python {2}: install a newer one, or name it in the setting wslgo.interpreter',
      OLDEST,
      found.command,
      found.version,
    );
  }
  if (wished) {
    return vscode.l10n.t('The setting wslgo.interpreter names {0}, which does not run as a Python', wished);
  }
  if (process.platform === 'win32') {
    return vscode.l10n.t('wslgo found no Python on Windows: open this folder in WSL, where wslgo is at home');
  }
  return vscode.l10n.t(
    'wslgo found no Python: run "sudo apt install python3" in a terminal and restart, or name one in the setting wslgo.interpreter',
  );
}

async function offerSetting(problem: string): Promise<void> {
  const open = vscode.l10n.t('Open Setting');
  const restart = vscode.l10n.t('Restart');
  const answer = await vscode.window.showErrorMessage(inert(problem), open, restart);
  // What belongs to one machine is set beside the files: in a window on WSL, not among the settings on Windows.
  const settings = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  const query = 'wslgo.interpreter';
  if (answer === open) await vscode.commands.executeCommand(`workbench.action.${settings}`, { query });
  if (answer === restart) await vscode.commands.executeCommand('wslgo.restart');
}

/** Saves the document that a command names first: the server then changes the bytes of the file on disk. */
const saveThenExecute: NonNullable<Middleware['executeCommand']> = async (command, words, next) => {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === words[0]?.uri);
  return document?.isDirty && !(await document.save()) ? undefined : next(command, words);
};
