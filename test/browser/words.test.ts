import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import live from '../../messages/zh-CN/live.ts';
import page from '../../messages/zh-CN/page.ts';

const folder = inject('web');

/** The script of the page, as it was built: only what it uses is in it. */
function builtScript(): string {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return readFileSync(join(folder, manifest['main.ts'].file), 'utf8');
}

const LOADED = new Set(Object.keys(live));
const LEFT_OUT = Object.keys(page).filter((key) => !LOADED.has(key));

test('the script of the page says nothing that its browsers do not load', () => {
  const script = builtScript();
  const said = [...script.matchAll(/["'`]([a-z_]+\.[\w.]+)["'`]/g)].map(([, key]) => key ?? '');
  // Put together: `state.${…}`.
  const families = [...script.matchAll(/`([a-z_]+\.[\w.]*)\$\{/g)].map(
    ([, family]) => family ?? '',
  );
  expect(said.filter((key) => LOADED.has(key)).length).toBeGreaterThan(50);
  expect(families.length).toBeGreaterThan(10);
  expect(LEFT_OUT.filter((key) => said.includes(key))).toEqual([]);
  expect(LEFT_OUT.filter((key) => families.some((it) => key.startsWith(it)))).toEqual([]);
});

test('what pages say that no script changes is left out', () => {
  expect(LEFT_OUT.length).toBeGreaterThan(60);
});
