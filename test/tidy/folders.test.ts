import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { arrowsOf, PRODUCT, type Tree, treeOfImports } from './sources.ts';

/**
 * Folders that import loose files of the folder around them and are imported by such: the arrow
 * goes one way. What lies deeper in a folder belongs to it.
 */
function foldersBothWays(tree: Tree): string[] {
  const arrows = arrowsOf(tree);
  return foldersOf(tree).filter((folder) => {
    const isWithin = (path: string) => path.startsWith(`${folder}/`);
    const isBeside = (path: string) => posix.dirname(path) === posix.dirname(folder);
    return (
      arrows.some(({ from, to }) => isWithin(from) && isBeside(to)) &&
      arrows.some(({ from, to }) => isBeside(from) && isWithin(to))
    );
  });
}

function foldersOf(tree: Tree): string[] {
  const folders = Object.keys(tree).flatMap((path) => {
    const steps = path.split('/').slice(0, -1);
    return steps.map((_, n) => steps.slice(0, n + 1).join('/'));
  });
  return [...new Set(folders)].toSorted();
}

it('a folder and the loose files around it import each other one way only', () => {
  expect(foldersBothWays(PRODUCT)).toEqual([]);
});

it.each<[string, Record<string, string[]>, string[]]>([
  ['directly', { 'a/x.ts': ['a/b/y.ts'], 'a/z.ts': [], 'a/b/y.ts': ['a/z.ts'] }, ['a/b']],
  [
    'from deep within',
    { 'a/x.ts': ['a/b/y.ts'], 'a/b/y.ts': [], 'a/b/c/d.ts': ['a/x.ts'] },
    ['a/b'],
  ],
  ['at the root', { 'main.ts': ['a/b/y.ts'], 'a/b/y.ts': ['main.ts'] }, ['a']],
  ['not downwards only', { 'a/x.ts': ['a/b/y.ts'], 'a/b/y.ts': [] }, []],
  ['not between folders', { 'a/b/y.ts': ['a/c/z.ts'], 'a/c/z.ts': ['a/b/y.ts'] }, []],
])('the rule itself: %s', (_, files, found) => {
  expect(foldersBothWays(treeOfImports(files))).toEqual(found);
});
