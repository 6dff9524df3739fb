/** The parts of a URI that say where a folder is. */
interface Place {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

const HOSTS = ['wsl$', 'wsl.localhost'];

/**
 * The URI by which a WSL window opens a folder that Windows shows as `\\wsl.localhost\NAME\...`; undefined for others.
 * From Windows each file of it is a slow round trip, and tools of Windows would work on files of Linux.
 */
export function inDistribution({ scheme, authority, path }: Place): string | undefined {
  const [, name, ...rest] = path.split('/');
  if (scheme !== 'file' || !HOSTS.includes(authority.toLowerCase()) || !name) return undefined;
  return `vscode-remote://wsl%2B${encodeURIComponent(name)}/${rest.map(encodeURIComponent).join('/')}`;
}
