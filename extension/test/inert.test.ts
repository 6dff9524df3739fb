import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { inert } from '../src/inert.ts';

// How VS Code finds links in notifications (base/common/linkedText.ts) and icons in labels (base/common/iconLabels.ts).
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
  test(`VS Code finds neither link nor icon in ${payload}`, () => {
    const shown = inert(`/home/me/${payload}/bin/python is Python 3.8`);
    assert.deepEqual([...shown.matchAll(LINK), ...shown.matchAll(ICON)], []);
    assert.equal(shown.replaceAll('\u200b', ''), `/home/me/${payload}/bin/python is Python 3.8`);
  });
}

test('ordinary text is not changed', () => {
  for (const words of ['Python 3.12 (/usr/bin/python3)', '[wsl2] memory=8GB', 'costs $5']) assert.equal(inert(words), words);
});

test('every text that VS Code reads as markup is escaped', () => {
  const source = new URL('../src/', import.meta.url);
  for (const name of readdirSync(source)) {
    const text = readFileSync(new URL(name, source), 'utf8');
    for (const [call] of text.matchAll(/\.show(?:Information|Warning|Error)Message\(\s*[^;]*?;/g)) {
      assert.match(call, /Message\(\s*(?:inert\(|vscode\.l10n\.t\('[^'{]*'\))/, `${name}: ${call}`);
    }
    assert.doesNotMatch(text, /MarkdownString|createWebview|isTrusted = |setStatusBarMessage/, name);
  }
});
