import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { arrowsOf, PRODUCT, type Tree, treeOfImports } from './sources.ts';

/** A view renders: a file in a folder `views`, or the `views.ts` of a wing that has few. */
function isView(path: string): boolean {
  return /\/views(\.ts$|\/)/.test(path);
}

/**
 * Who shows a view: other views, the files in `pages` beside it (or, of a wing that has few, loose
 * beside it), the loose files that put the site together, and what browsers load.
 */
function shows(path: string, view: string): boolean {
  const wing = view.replace(/\/views(\.ts$|\/.*)/, '');
  const folder = posix.dirname(path);
  const is_loose_beside = folder === wing && (view.endsWith('/views.ts') || wing.endsWith('/web'));
  return isView(path) || folder === `${wing}/pages` || is_loose_beside || folder === 'status-page';
}

/** Imports of views by what does not show them: logic takes nothing from a view, types included. */
function viewsInLogic(tree: Tree): string[] {
  return arrowsOf(tree)
    .filter(({ from, to }) => isView(to) && !shows(from, to))
    .map(({ from, to }) => `${from} > ${to}`);
}

it('logic takes nothing from a view', () => {
  expect(viewsInLogic(PRODUCT)).toEqual([]);
});

it.each<[string, string, string, boolean]>([
  ['logic of the wing', 'status-page/demo/drills.ts', 'status-page/demo/views/bar.ts', false],
  ['logic below it', 'status-page/kit/article.ts', 'status-page/public/views/history.ts', false],
  ['pages of others', 'status-page/demo/pages/a.ts', 'status-page/public/views/b.ts', false],
  ['a read model', 'status-page/overview/history.ts', 'status-page/web/views/time.ts', false],
  ['its page', 'status-page/demo/pages/drills.ts', 'status-page/demo/views/bar.ts', true],
  ['a page beside it', 'status-page/alerts/page.ts', 'status-page/alerts/views.ts', true],
  ['a view', 'status-page/public/views/a.ts', 'status-page/web/views/time.ts', true],
  ['what browsers load', 'status-page/web/main.ts', 'status-page/web/views/time.ts', true],
  ['the site', 'status-page/status-page.ts', 'status-page/demo/views/bar.ts', true],
])('the rule itself: %s may or may not', (_, from, to, may) => {
  const found = viewsInLogic(treeOfImports({ [from]: [to], [to]: [] }));
  expect(found).toEqual(may ? [] : [`${from} > ${to}`]);
});
