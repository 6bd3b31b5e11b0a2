import { expect, it } from 'vitest';
import { arrowsOf, PRODUCT, type Tree, treeOfImports } from './sources.ts';

/** Files that import each other round about, types included: each circle's files in one line. */
function circles(tree: Tree): string[] {
  const targets = Map.groupBy(arrowsOf(tree), ({ from }) => from);
  const reached = new Map(Object.keys(tree).map((path) => [path, reachableFrom(path)]));
  const inCircle = Object.keys(tree).filter((path) => reached.get(path)?.has(path));
  const groups = inCircle.map((path) =>
    inCircle
      .filter((other) => reached.get(path)?.has(other) && reached.get(other)?.has(path))
      .join(' '),
  );
  return [...new Set(groups)];

  function reachableFrom(path: string): Set<string> {
    const seen = new Set<string>();
    const next = [path];
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      for (const { to } of targets.get(at) ?? []) {
        if (seen.has(to)) continue;
        seen.add(to);
        next.push(to);
      }
    }
    return seen;
  }
}

it('no files import each other in a circle', () => {
  expect(circles(PRODUCT)).toEqual([]);
});

it.each<[string, Record<string, string[]>, string[]]>([
  ['two', { 'a.ts': ['b.ts'], 'b.ts': ['a.ts'] }, ['a.ts b.ts']],
  [
    'three beside one that only leads in',
    { 'a.ts': ['x/b.ts'], 'x/b.ts': ['x/c.ts'], 'x/c.ts': ['x/d.ts'], 'x/d.ts': ['x/b.ts'] },
    ['x/b.ts x/c.ts x/d.ts'],
  ],
  ['itself', { 'a.ts': ['a.ts'] }, ['a.ts']],
  ['none', { 'a.ts': ['b.ts', 'c.ts'], 'b.ts': ['c.ts'], 'c.ts': [] }, []],
])('the rule itself finds a circle of %s', (_, files, found) => {
  expect(circles(treeOfImports(files))).toEqual(found);
});

it('the rule itself follows types', () => {
  const tree = {
    'a.ts': "import type { B } from './b.ts';",
    'b.ts': "export { a } from './a.ts';",
  };
  expect(circles(tree)).toEqual(['a.ts b.ts']);
});
