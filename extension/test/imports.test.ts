import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const SOURCE = new URL('../src/', import.meta.url);

/** Return the files of `src` that each one imports; imports of types count. */
function imports(): Map<string, string[]> {
  const files = readdirSync(SOURCE, { recursive: true }).map(String);
  return new Map(
    files
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, [...readFileSync(new URL(name, SOURCE), 'utf8').matchAll(/from '\.\/(.+?)'/g)].map(([, file]) => file!)]),
  );
}

/** Return an import circle as a path of file names, or undefined if there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const imported of graph.get(name) ?? []) {
      const circle = visit(imported, [...path, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  return [...graph.keys()].map((name) => visit(name, [])).find((circle) => circle !== undefined);
}

test('no file of the extension imports itself, directly or through others', () => {
  const graph = imports();
  assert.ok(graph.get('extension.ts')?.includes('server.ts'), 'the imports are found');
  assert.equal(circleIn(graph)?.join(' -> '), undefined);
});

test('every import names a file that exists', () => {
  const graph = imports();
  assert.deepEqual([...graph.values()].flat().filter((file) => !graph.has(file)), []);
});

test('a circle over several files is found', () => {
  const graph = new Map([['a', ['b']], ['b', ['c', 'd']], ['c', []], ['d', ['b']]]);
  assert.deepEqual(circleIn(graph), ['b', 'd', 'b']);
});
