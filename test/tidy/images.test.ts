import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SCENES } from '../browser/images/scenes.ts';

/** Of the front page of the demo, in the README. */
const PAGE = 'page.png';

test('docs/images has the pictures that `npm run images` draws, and no others', () => {
  const names = SCENES.map(({ name }) => `${name}.webp`);
  expect(readdirSync('docs/images').sort()).toEqual([...names, PAGE].sort());
});
