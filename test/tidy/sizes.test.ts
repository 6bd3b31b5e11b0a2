import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { type Tree, treeOf } from './sources.ts';

const MOST_LOOSE_FILES = 8;
const MOST_OF_THE_WHOLE = 1 / 4;

const WINGS = ['public', 'subscriptions', 'alerts', 'admin', 'api', 'demo'];

/** What has outgrown its place in status-page: the loose files together, or a wing by its lines. */
function tooLarge(tree: Tree): string[] {
  const loose = Object.keys(tree).filter((path) => posix.dirname(path) === 'status-page');
  const whole = linesBelow(tree, 'status-page');
  const wings = WINGS.filter(
    (wing) => linesBelow(tree, `status-page/${wing}`) > whole * MOST_OF_THE_WHOLE,
  );
  return [...(loose.length > MOST_LOOSE_FILES ? ['loose files'] : []), ...wings];
}

function linesBelow(tree: Tree, folder: string): number {
  return Object.entries(tree)
    .filter(([path]) => path.startsWith(`${folder}/`))
    .reduce((sum, [, text]) => sum + text.split('\n').length, 0);
}

it('status-page has few loose files, and no wing is over a quarter of it', () => {
  expect(tooLarge(treeOf(/^status-page\/.*\.(ts|css)$/))).toEqual([]);
});

const files = (folder: string, count: number, lines = 10): Tree =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`${folder}/${n}.ts`, 'x\n'.repeat(lines - 1)]),
  );

it.each<[string, Tree, string[]]>([
  [
    'nine loose files',
    { ...files('status-page', 9), ...files('status-page/kit', 99) },
    ['loose files'],
  ],
  ['eight', { ...files('status-page', 8), ...files('status-page/kit', 99) }, []],
  [
    'a wing of more than a quarter, with what lies deeper in it',
    {
      ...files('status-page/kit', 2),
      ...files('status-page/admin', 1, 6),
      ...files('status-page/admin/pages', 1, 1),
    },
    ['admin'],
  ],
  ['a quarter', { ...files('status-page/kit', 3), ...files('status-page/api/v1', 1) }, []],
])('the rule itself: %s', (_, tree, found) => {
  expect(tooLarge(tree)).toEqual(found);
});
