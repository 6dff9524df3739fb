import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { inert } from '../src/inert.ts';

// How VS Code finds links in a notification (base/common/linkedText.ts), and icons in a label (base/common/iconLabels.ts).
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^\)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
const ICON = /(\\)?\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/g;

const PAYLOADS = [
  '[Repair Go](command:workbench.action.terminal.sendSequence?%7B%7D)',
  '[a](https://evil.invalid "x")',
  '[[a](file:///etc/passwd)',
  '[a](command:x)[b](command:y)',
  '$(warning) $(sync~spin) \\$(x)',
];

for (const payload of PAYLOADS) {
  test(`nothing comes of ${payload}`, () => {
    const shown = inert(`/home/me/${payload}/bin/python is Python 3.8`);
    assert.deepEqual([...shown.matchAll(LINK), ...shown.matchAll(ICON)], []);
    assert.equal(shown.replaceAll('\u200b', ''), `/home/me/${payload}/bin/python is Python 3.8`);
  });
}

test('ordinary words stay as they are', () => {
  for (const words of ['Python 3.12 (/usr/bin/python3)', '[wsl2] memory=8GB', 'costs $5']) assert.equal(inert(words), words);
});

test('what VS Code would read for markup goes through it', () => {
  const source = new URL('../src/', import.meta.url);
  for (const name of readdirSync(source)) {
    const text = readFileSync(new URL(name, source), 'utf8');
    for (const [call] of text.matchAll(/\.show(?:Information|Warning|Error)Message\(\s*[^;]*?;/g)) {
      assert.match(call, /Message\(\s*(?:inert\(|vscode\.l10n\.t\('[^'{]*'\))/, `${name}: ${call}`);
    }
    assert.doesNotMatch(text, /MarkdownString|createWebview|isTrusted = |setStatusBarMessage/, name);
  }
});
