import { expect, it } from 'vitest';
import { type Tree, treeOf } from './sources.ts';

/**
 * Files that say names twice: taken apart, and again as a type of many lines written beside it.
 * Rather a named `Parts`, or plain parameters.
 */
function withNamesSaidTwice(tree: Tree): string[] {
  return Object.entries(tree)
    .filter(([, text]) => /\}: (Readonly<)?\{$/m.test(text))
    .map(([path]) => path);
}

it('no parameter list says its names twice', () => {
  expect(withNamesSaidTwice(treeOf(/\.ts$/))).toEqual([]);
});

/** Where the type begins, parted so that this file keeps the rule. */
const BEGIN = ['}: ', '{'].join('');

const TWICE = `function send({
  to,
  text,
${BEGIN}
  to: string;
  text: string;
}): void {}`;

it.each([
  ['a list over many lines', TWICE, true],
  [
    'a list taken apart in one line',
    `const f = ({ to, text ${BEGIN}\n  to: 1;\n  text: 2;\n}) => to;`,
    true,
  ],
  ['read-only', 'function f({ to }: Readonly<{\n  to: 1;\n}>) {}', true],
  ['a named type', 'function f({ to, text }: Letter): void {\n  return;\n}', false],
  ['one short line', 'function f({ to }: { to: string }): void {}', false],
])('the rule itself: %s', (_, text, caught) => {
  expect(withNamesSaidTwice({ 'a.ts': text })).toEqual(caught ? ['a.ts'] : []);
});
