// Finding a Python for the server. Does not import vscode, so that plain Node can test it.
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import * as path from 'node:path';

export interface Python {
  readonly command: string;
  readonly version: string;
}

/** The first usable Python, and the older ones found before it. */
export interface Choice {
  readonly python: Python | undefined;
  readonly tooOld: readonly Python[];
}

export const OLDEST = '3.10';

// Some distributions keep an old `python3` and offer newer ones under their full names.
export const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];

// Files and folders that mark a project: the same as in `server/wslgo/system/repository.py`.
const MARKS = [
  ...['.git', '.hg', '.svn', '.jj', 'go.work', 'go.mod', '.envrc', '.vscode', 'wslgo.yaml', '.devcontainer'],
  ...['mise.toml', '.mise.toml', '.tool-versions', 'package.json'],
];

/** Return the outermost project around each open folder: the user may have opened a subfolder of a repository. */
export function projects(folders: readonly string[], home = accountHome()): string[] {
  return folders.map((folder) => outermost(real(folder), home));
}

function outermost(folder: string, home: string): string {
  let found = folder;
  for (let at = folder; at !== path.dirname(at) && !isWithin(home, [at]); at = path.dirname(at)) {
    if (MARKS.some((mark) => existsSync(path.join(at, mark)))) found = at;
  }
  return found;
}

/** The user's home folder according to the system: a workspace may have set HOME. */
function accountHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    return homedir();
  }
}

/** Yield the absolute paths of programs in PATH with these names, but none inside a workspace. */
export function* onPath(names: readonly string[], search: string, workspaces: readonly string[]): Generator<string> {
  const folders = search.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  for (const name of names) {
    const program = folders.map((folder) => path.join(folder, name)).find((file) => isProgram(file) && !isWithin(file, workspaces));
    if (program !== undefined) yield program;
  }
}

/** Report if a file, or the target of its links, is in one of these folders. */
export function isWithin(file: string, folders: readonly string[]): boolean {
  const places = [file, real(path.dirname(file)), real(file)];
  return folders
    .flatMap((folder) => [folder, real(folder)])
    .some((folder) => places.some((place) => `${place}${path.sep}`.startsWith(`${folder}${path.sep}`)));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

export async function choose(
  commands: Iterable<string> | AsyncIterable<string>,
  versionOf: (command: string) => Promise<string | undefined>,
): Promise<Choice> {
  const tooOld: Python[] = [];
  for await (const command of commands) {
    const version = await versionOf(command);
    if (version === undefined) continue;
    if (isUsable(version)) return { python: { command, version }, tooOld };
    tooOld.push({ command, version });
  }
  return { python: undefined, tooOld };
}

export function isUsable(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor >= 10;
}

/** Return the version that an interpreter reports, or undefined if it does not run. */
export function versionOf(command: string, cwd: string): Promise<string | undefined> {
  // -I: neither environment variables nor the working directory affect what Python imports.
  const args = ['-I', '-c', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'];
  return new Promise((resolve) => {
    execFile(command, args, { cwd, timeout: 10_000 }, (error, stdout) =>
      resolve(error === null && /^\d+\.\d+\.\d+\s*$/.test(stdout) ? stdout.trim() : undefined),
    );
  });
}

/** Expand a leading `~/`, as a shell would. */
export function expandHome(path: string): string {
  return path.startsWith('~/') ? homedir() + path.slice(1) : path;
}
