import { expect, it } from 'vitest';
import { type Tree, treeOf } from './sources.ts';

const LONGEST = 100;

/**
 * Migrations that databases were opened with before there was this rule, and dumps of databases:
 * both are known by their bytes.
 */
const NEVER_EDITED = /^store\/sqlite\/migrations\/00(0\d|1[01])_|\/fixtures\/.*\.sql$/;

/** Files with a line of more code points than fit, comments and templates too. */
function withLongLines(tree: Tree): string[] {
  return Object.entries(tree)
    .filter(([, text]) => text.split('\n').some((line) => [...line].length > LONGEST))
    .map(([path]) => path);
}

it('no source line is longer than 100 characters', () => {
  const ours = treeOf(/\.(ts|mjs|css|sql|ya?ml)$/, NEVER_EDITED);
  expect(withLongLines(ours)).toEqual([]);
});

it.each([
  ['code', `const a = '${'x'.repeat(90)}';`, true],
  ['a comment', `  // ${'word '.repeat(20)}`, true],
  ['a template', `html\`<p>${'字'.repeat(100)}</p>\``, true],
  ['100 Chinese characters', '字'.repeat(100), false],
  ['100 characters beyond the basic plane', '😀'.repeat(100), false],
])('the rule itself: %s', (_, line, caught) => {
  const found = withLongLines({ 'a.ts': `fine\n${line}\n`, 'b.ts': 'fine' });
  expect(found).toEqual(caught ? ['a.ts'] : []);
});
