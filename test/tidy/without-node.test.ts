import { expect, it } from 'vitest';
import { type Tree, treeOf } from './sources.ts';

/** What only Node has: its modules, its buffers, its process. */
const OF_NODE =
  /from '(node:|fs|zlib|crypto|buffer)|\b(Buffer|process|require)\b[.(]|\bimport\('node:/;

function usingNode(tree: Tree): string[] {
  return Object.entries(tree)
    .filter(([, text]) => OF_NODE.test(text))
    .map(([path]) => path);
}

it('files are judged without Node: browsers will do it too', () => {
  const tree = treeOf(/^probes\/integrity\/.*\.ts$/);
  expect(Object.keys(tree).length).toBeGreaterThan(40);
  expect(usingNode(tree)).toEqual([]);
});

it.each([
  ['a module', "import { inflateSync } from 'node:zlib';", true],
  ['a buffer', 'const a = Buffer.from(b);', true],
  ['the process', 'process.exit(1);', true],
  ['none of it', '/** A buffer in a process of it. */\nconst process = 1;', false],
])('the rule itself: %s', (_, text, caught) => {
  expect(usingNode({ 'a.ts': text })).toEqual(caught ? ['a.ts'] : []);
});
