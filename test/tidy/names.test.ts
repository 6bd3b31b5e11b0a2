import { expect, it } from 'vitest';
import { PRODUCT, type Tree } from './sources.ts';

const FORMS = [
  /^export (?:async )?(?:const|let|function\*?|class|interface|type) (\w+)/gm,
  // Names of a list, under which others see them; passing on what another file exports is no
  // second meaning.
  /^export (?:type )?\{([^}]*)\}(?!\s*from)/gm,
];

function exportedNames(text: string): string[] {
  const lists = FORMS.flatMap((form) => [...text.matchAll(form)].map(([, names = '']) => names));
  const names = lists.flatMap((list) =>
    list.split(',').map((it) => it.trim().replace(/^(type )?(\w+ as )?/, '')),
  );
  return [...new Set(names)].filter((name) => name !== '' && name !== 'default');
}

/** Exported names that mean more than one thing, and where. */
function namesTwice(tree: Tree): string[] {
  const places = Object.entries(tree).flatMap(([path, text]) =>
    exportedNames(text).map((name) => ({ name, path })),
  );
  return [...Map.groupBy(places, ({ name }) => name)]
    .filter(([, them]) => them.length > 1)
    .map(([name, them]) => `${name}: ${them.map(({ path }) => path).join(' ')}`)
    .toSorted();
}

it('no exported name means two things', () => {
  expect(namesTwice(PRODUCT)).toEqual([]);
});

it.each<[string, string, string, string[]]>([
  ['functions', 'export function open() {}', 'export async function open() {}', ['open']],
  ['a type and a value', 'export interface Page {}', 'export const Page = 1;', ['Page']],
  ['a list', 'const a = 1;\nexport { a, b as open };', 'export const open = 2;', ['open']],
  ['passing on', "export { open } from './b.ts';", 'export const open = 2;', []],
  ['what is not exported', 'const open = 1;', 'export const open = 2;', []],
  ['an overload', 'export function f(a: 1): 1;\nexport function f(a: 2): 2;', '', []],
])('the rule itself: %s', (_, a, b, found) => {
  const lines = found.map((name) => `${name}: a.ts b.ts`);
  expect(namesTwice({ 'a.ts': a, 'b.ts': b })).toEqual(lines);
});
