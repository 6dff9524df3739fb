import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CancellationToken,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type LanguageClientOptions,
  type Middleware,
  type WorkspaceEdit,
} from 'vscode-languageclient/node';

import { inDistribution } from './distribution.ts';
import { inert } from './inert.ts';
import { Notifications } from './progress.ts';
import { choose, expandHome, isWithin, NAMES, OLDEST, onPath, projects, versionOf, type Choice, type Python } from './python.ts';
import { answerRequests } from './requests.ts';
import { SELECTOR, type Health, type Status } from './status.ts';

/** The part of the Python extension's API that wslgo uses. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(): { readonly path: string };
    resolveEnvironment(environment: {
      readonly path: string;
    }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** The language server: at most one client at a time. Starts and stops run one after the other. */
export class Server {
  private readonly home: string;
  private readonly terminals: vscode.EnvironmentVariableCollection;
  private readonly log: vscode.LogOutputChannel;
  private readonly status: Status;
  private client: LanguageClient | undefined;
  private command: readonly [string, ...string[]] | undefined;
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

  /** The words that start the command line; undefined without a Python that can. */
  async commandLine(): Promise<readonly [string, ...string[]] | undefined> {
    await this.last;
    return this.command;
  }

  /** Run a command of the server and return its answer; undefined while no server is running. */
  async ask<T>(name: string, argument: object, token: vscode.CancellationToken = CancellationToken.None): Promise<T | undefined> {
    await this.last;
    const request = { command: `wslgo.server.${name}`, arguments: [argument] };
    return this.client?.isRunning() ? this.client.sendRequest<T>('workspace/executeCommand', request, token) : undefined;
  }

  /**
   * Apply an edit that the server has sent earlier, unless one of its documents has changed since. Files that are not
   * open are saved.
   */
  async apply(edit: WorkspaceEdit): Promise<void> {
    const opened = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]));
    const files = (edit.documentChanges ?? [])
      .flatMap((change) => ('textDocument' in change ? [change.textDocument] : []))
      .map(({ uri, version }) => ({ uri: vscode.Uri.parse(uri), version }))
      .map(({ uri, version }) => ({ uri, version, document: opened.get(uri.toString()) }));
    if (files.some(({ version, document }) => document && version !== null && version !== document.version)) return;
    const converted = await this.client?.protocol2CodeConverter.asWorkspaceEdit(edit);
    if (!converted || !(await vscode.workspace.applyEdit(converted))) return;
    for (const { uri, document } of files) {
      if (!document) await (await vscode.workspace.openTextDocument(uri)).save();
    }
  }

  private async startClient(): Promise<void> {
    this.status.starting();
    this.command = undefined;
    const configured = expandHome(setting('interpreter'));
    const choice = await choose(configured ? [configured] : commands(), (command) => versionOf(command, this.home));
    if (choice.python === undefined) {
      const problem = problemOf(choice, configured);
      this.log.error(problem);
      this.status.failed(vscode.l10n.t('no Python {0} or newer', OLDEST));
      // Not awaited: the user may answer in an hour, or never.
      void offerSetting(problem);
      return;
    }
    const { python } = choice;
    this.log.info(`starting with Python ${python.version} (${python.command})`);
    this.offerInTerminals(python);
    this.command = [python.command, '-I', '-S', path.join(this.home, 'bundled', 'start.py')];
    const client = this.createClient(this.command);
    this.client = client;
    client.onNotification('wslgo/health', (health: Health) => void this.status.health(health));
    answerRequests(client);
    client.onDidChangeState(({ newState }) => {
      // Ignore a client that was stopped on purpose.
      if (this.client === client) this.show(newState, python);
    });
    try {
      await client.start();
    } catch (error) {
      // The client has already shown an error; the log keeps the reason.
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
      // A server that hangs or has crashed must not block the next one.
      this.log.warn(error instanceof Error ? error.message : String(error));
    }
  }

  private createClient([command, ...args]: readonly [string, ...string[]]): LanguageClient {
    // Run in the extension's own folder: a workspace's `json.py` must never be imported.
    const run = { command, args, options: { cwd: this.home } };
    const notifications = new Notifications((token) => {
      void client.sendNotification('window/workDoneProgress/cancel', { token });
    });
    const options: LanguageClientOptions = {
      documentSelector: SELECTOR,
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      synchronize: { configurationSection: 'wslgo' },
      // A function: a server restarted after a crash must get the current values.
      initializationOptions: () => ({
        settings: vscode.workspace.getConfiguration().get('wslgo'),
        locale: vscode.env.language,
        trusted: vscode.workspace.isTrusted,
        health: true,
        can: ['ignore', 'asRoot', 'ask', 'debug', 'explain', 'inspect', 'move', 'pages', 'terminal', 'topics'],
        rulePages: 'wslgo-rule:/{rule}.md',
      }),
      // Links in hovers run this one command, which shows a page of the server; its Markdown has no foreign markup.
      markdown: { isTrusted: { enabledCommands: ['wslgo.openRule'] } },
      middleware: { executeCommand: saveThenExecute, handleWorkDoneProgress: notifications.handle },
    };
    const client = new LanguageClient('wslgo', 'wslgo', run, options);
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) notifications.clear();
    });
    return client;
  }

  /** Put `wslgo` on the PATH of terminals, after one that the user has installed. */
  private offerInTerminals({ command }: Python): void {
    this.terminals.description = vscode.l10n.t('Adds the wslgo command');
    this.terminals.append('PATH', path.delimiter + path.join(this.home, 'bundled', 'bin'));
    this.terminals.replace('WSLGO_PYTHON', command);
  }

  private show(state: State, python: Python): void {
    if (state === State.Starting) this.status.starting();
    else if (state === State.Running) this.status.running(python);
    else this.status.failed(vscode.l10n.t('The server has stopped; see its log'));
  }
}

function setting(name: string): string {
  return vscode.workspace.getConfiguration('wslgo').get<string>(name, '').trim();
}

/**
 * Yield the Pythons to try if none is configured. The server needs no packages, so the system's Python will do, and using it
 * does not activate the Python extension. That one comes last, and only in a trusted workspace. A Python inside the
 * workspace is never used.
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

/** Say why the server cannot start, and what to do about it. */
function problemOf({ tooOld }: Choice, configured: string): string {
  const [found] = tooOld;
  if (found) {
    return vscode.l10n.t(
      'wslgo needs Python {0} or newer, but {1} is Python {2}. Install a newer one, or set wslgo.interpreter',
      OLDEST,
      found.command,
      found.version,
    );
  }
  if (configured) {
    return vscode.l10n.t('wslgo.interpreter is set to {0}, which does not run as Python', configured);
  }
  if (process.platform === 'win32') {
    return vscode.l10n.t('wslgo runs in WSL, not on Windows: reopen this folder in WSL');
  }
  return vscode.l10n.t(
    'wslgo found no Python. Run "sudo apt install python3" in a terminal and restart, or set wslgo.interpreter',
  );
}

async function offerSetting(problem: string): Promise<void> {
  const place = process.platform === 'win32' ? vscode.workspace.workspaceFolders?.[0]?.uri : undefined;
  const inside = place && inDistribution(place);
  if (inside) {
    const reopen = vscode.l10n.t('Reopen in WSL');
    const chosen = await vscode.window.showErrorMessage(inert(problem), reopen);
    if (chosen === reopen) await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.parse(inside));
    return;
  }
  const open = vscode.l10n.t('Open Setting');
  const restart = vscode.l10n.t('Restart');
  const answer = await vscode.window.showErrorMessage(inert(problem), open, restart);
  // Machine settings are kept next to the files: in a WSL window, they are the remote settings.
  const settings = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  const query = 'wslgo.interpreter';
  if (answer === open) await vscode.commands.executeCommand(`workbench.action.${settings}`, { query });
  if (answer === restart) await vscode.commands.executeCommand('wslgo.restart');
}

/** Save the document that a command names first: the server is about to change its bytes on disk. */
const saveThenExecute: NonNullable<Middleware['executeCommand']> = async (command, args, next) => {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === args[0]?.uri);
  return document?.isDirty && !(await document.save()) ? undefined : next(command, args);
};
