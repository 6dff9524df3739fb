import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const require = createRequire(import.meta.url);
const grammar = await loadGrammar();

async function loadGrammar() {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const path = require.resolve('../syntaxes/wslconf.tmLanguage.json');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve(oniguruma),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(path, 'utf8'), path),
  });
  const loaded = await registry.loadGrammar('source.wslconf');
  assert.ok(loaded);
  return loaded;
}

/** Return the tokens of a text as `[token, innermost scope without its last part]`, without plain spaces. */
function tokens(text: string): [string, string][] {
  const found: [string, string][] = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const scope = scopes.at(-1)?.replace(/\.wslconf$/, '') ?? '';
      const token = line.slice(startIndex, endIndex);
      if (scope !== 'source' && token) found.push([token, scope]);
    }
  }
  return found;
}

const values: [string, string, [string, string][]][] = [
  ['a boolean', 'TRUE', [['TRUE', 'constant.language.boolean']]],
  ['a size', '8GB', [['8', 'constant.numeric.size'], ['GB', 'keyword.other.unit']]],
  ['a lower-case unit is not a size', '8gb', [['8gb', 'string.unquoted']]],
  ['a number', '-0x1F', [['-0x1F', 'constant.numeric']]],
  ['a number with a tail is text', '8 cores', [['8 cores', 'string.unquoted']]],
  ['an escape', 'C:\\\\k', [['C:', 'string.unquoted'], ['\\\\', 'constant.character.escape'], ['k', 'string.unquoted']]],
  ['an escape that WSL rejects', '\\U', [['\\U', 'invalid.illegal.escape']]],
  [
    'quotes hide a number sign',
    '"a # b"c',
    [
      ['"', 'punctuation.definition.string.begin'],
      ['a # b', 'string.quoted.double'],
      ['"', 'punctuation.definition.string.end'],
      ['c', 'string.unquoted'],
    ],
  ],
  [
    'a comment needs no space before it',
    'true#x',
    [['true', 'constant.language.boolean'], ['#', 'punctuation.definition.comment'], ['x', 'comment.line.number-sign']],
  ],
  ['a semicolon belongs to the value', 'true;', [['true;', 'string.unquoted']]],
];

for (const [name, value, expected] of values) {
  test(`value: ${name}`, () => {
    const [key, equals, ...rest] = tokens(`key = ${value}`);
    assert.deepEqual([key, equals], [['key', 'variable.other.key'], ['=', 'keyword.operator.assignment']]);
    assert.deepEqual(rest, expected);
  });
}

test('a backslash at the end continues the value on the next line', () => {
  assert.deepEqual(tokens('key=a\\\nb=c\nd=1').slice(2), [
    ['a', 'string.unquoted'],
    ['\\', 'punctuation.separator.continuation'],
    ['b=c', 'string.unquoted'],
    ['d', 'variable.other.key'],
    ['=', 'keyword.operator.assignment'],
    ['1', 'constant.numeric'],
  ]);
});

test('a quoted value can be continued too', () => {
  const last = tokens('key="a\\\nb # c"').slice(-2);
  assert.deepEqual(last, [['b # c', 'string.quoted.double'], ['"', 'punctuation.definition.string.end']]);
});

test('a section can be indented and followed by a comment', () => {
  assert.deepEqual(tokens('  [wsl2] # all').map(([, scope]) => scope), [
    'punctuation.definition.section.begin',
    'entity.name.section',
    'punctuation.definition.section.end',
    'punctuation.definition.comment',
    'comment.line.number-sign',
  ]);
});

for (const line of ['; note', '// note', '[ wsl2]', '[wsl2] x', '[my-section]', 'wsl2.memory=8GB', 'memory: 8GB', '8=1']) {
  test(`WSL rejects ${line}`, () => assert.deepEqual(tokens(line), [[line, 'invalid.illegal']]));
}
