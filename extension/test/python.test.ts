import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { choose, expandHome, isUsable, onPath, projects, versionOf } from '../src/python.ts';

const machine = (versions: Record<string, string>) => async (command: string) => versions[command];

for (const version of ['3.10.0', '3.10.12', '3.11.2', '3.14.0', '3.100.1']) {
  test(`Python ${version} is usable`, () => assert.ok(isUsable(version)));
}

for (const version of ['2.7.18', '3.9.19', '3.1.5', '4.0.0', '']) {
  test(`Python ${version || 'without a version'} is not usable`, () => assert.ok(!isUsable(version)));
}

test('the first usable Python is chosen, and older ones are reported', async () => {
  const versionIn = machine({ python3: '3.8.10', 'python3.11': '3.11.2', python: '3.12.0' });
  const choice = await choose(['python3', 'python3.13', 'python3.11', 'python'], versionIn);
  assert.deepEqual(choice, {
    python: { command: 'python3.11', version: '3.11.2' },
    tooOld: [{ command: 'python3', version: '3.8.10' }],
  });
});

test('the choice is empty without Python', async () => {
  assert.deepEqual(await choose(['python3', 'python'], machine({})), { python: undefined, tooOld: [] });
});

test('no further candidate is requested once one fits', async () => {
  async function* commands() {
    yield 'python3';
    assert.fail('asked for a second candidate');
  }
  const choice = await choose(commands(), machine({ python3: '3.11.2' }));
  assert.equal(choice.python?.command, 'python3');
});

test('a program that is missing or not Python has no version', async () => {
  assert.equal(await versionOf('no-such-python', tmpdir()), undefined);
  assert.equal(await versionOf('echo', tmpdir()), undefined);
});

test('the Python of this machine reports its version', async () => {
  assert.match((await versionOf('python3', tmpdir())) ?? '', /^3\.\d+\.\d+$/);
});

test('a leading ~/ is the home folder, any other ~ is not', () => {
  assert.equal(expandHome('~/bin/python3'), `${homedir()}/bin/python3`);
  assert.equal(expandHome('/opt/~/python3'), '/opt/~/python3');
});

test('a Python inside a workspace is never used, not even through a link, and neither is one in a relative folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wslgo-python-'));
  const [workspace, system, links] = ['workspace', 'system', 'links'].map((name) => join(folder, name)) as [string, string, string];
  for (const place of [join(workspace, 'bin'), system, links]) mkdirSync(place, { recursive: true });
  for (const place of [join(workspace, 'bin'), system]) {
    writeFileSync(join(place, 'python3'), '#!/bin/sh\n');
    chmodSync(join(place, 'python3'), 0o755);
  }
  symlinkSync(join(workspace, 'bin', 'python3'), join(links, 'python3'));
  const search = [join(workspace, 'bin'), 'bin', '', links, system].join(':');
  assert.deepEqual([...onPath(['python3', 'python3.14'], search, [workspace])], [join(system, 'python3')]);
  assert.deepEqual([...onPath(['python3'], search, [])], [join(workspace, 'bin', 'python3')]);
});

test('a folder in a repository counts as the whole repository, and a home folder does not', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wslgo-python-')));
  const [home, inner, plain] = ['home', 'home/repository/a/b', 'home/plain/a'].map((name) => join(folder, name)) as [string, string, string];
  for (const place of [join(home, '.git'), join(home, 'repository/.git'), join(home, 'repository/a/.vscode'), inner, plain]) {
    mkdirSync(place, { recursive: true });
  }
  symlinkSync(inner, join(folder, 'link'));
  assert.deepEqual(projects([inner, plain, join(folder, 'link')], home), [join(home, 'repository'), plain, join(home, 'repository')]);
  assert.deepEqual(projects([], home), []);
});
