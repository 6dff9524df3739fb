import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inDistribution } from '../src/distribution.ts';

const OPENED: [string, string, string | undefined][] = [
  ['wsl.localhost', '/Ubuntu-24.04/home/me/shop', 'vscode-remote://wsl%2BUbuntu-24.04/home/me/shop'],
  ['wsl$', '/Debian/srv/a b', 'vscode-remote://wsl%2BDebian/srv/a%20b'],
  ['WSL$', '/Debian', 'vscode-remote://wsl%2BDebian/'],
  ['wsl.localhost', '/', undefined],
  ['server', '/share/shop', undefined],
  ['', '/c:/src/shop', undefined],
];

for (const [authority, path, opened] of OPENED) {
  test(`a folder at //${authority}${path} is opened in its distribution, if it has one`, () => {
    assert.equal(inDistribution({ scheme: 'file', authority, path }), opened);
  });
}

test('a folder of a remote window stays there', () => {
  const place = { scheme: 'vscode-remote', authority: 'wsl$', path: '/Debian/srv' };
  assert.equal(inDistribution(place), undefined);
});
