import { expect, it } from 'vitest';
import { type Tree, treeOf } from './sources.ts';

/** What only Node has. */
const OF_NODE = /['"]node:|\bBuffer\b|\bprocess\./;

function needingNode(tree: Tree): string[] {
  return Object.entries(tree)
    .filter(([, text]) => OF_NODE.test(text))
    .map(([path]) => path);
}

it('files are judged with nothing of Node, for the page judges them too', () => {
  const ours = treeOf(/^probes\/integrity\/.*\.ts$/);
  expect(Object.keys(ours).length).toBeGreaterThan(20);
  expect(needingNode(ours)).toEqual([]);
});

it.each([
  ["import { crc32 } from 'node:zlib';", true],
  ['const copy = Buffer.from(bytes);', true],
  ['new Uint8Array(new ArrayBuffer(4));', false],
])('the rule itself: %s', (text, caught) => {
  expect(needingNode({ 'a.ts': text })).toEqual(caught ? ['a.ts'] : []);
});
