import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CATALOGUES } from '../../../messages/catalogue.ts';
import { createText, type MessageKey } from '../../../messages/index.ts';
import { LOCALES } from '../../../model/vocabulary.ts';
import { FACTS } from '../facts/index.ts';
import { sentencesDocument } from './document.ts';

const written = readFileSync('docs/sentences.md', 'utf8');

test('docs/sentences.md has every message as it is now: run npm run sentences, and read it', () => {
  expect(sentencesDocument() === written).toBe(true);
});

test('it can be read: of every key some lines, and less than 1.5 MB in all', () => {
  const keys = Object.keys(FACTS) as MessageKey[];
  expect(keys.filter((key) => !written.includes(`\n${key}\n`))).toEqual([]);
  expect(written.length).toBeLessThan(1_500_000);
});

test('no sentence has two spaces, or nothing where something should be', () => {
  const lines = written.split('\n').filter((line) => /^ {2}(?!=)/.test(line));
  const said = lines.map((line) => line.slice('  zh-CN  '.length));
  expect(said.filter((it) => /\S {2,}\S|undefined|NaN|Invalid|\{|\}/.test(it))).toEqual([]);
});

/** By hand. */
test.each<[MessageKey, Record<string, string | number>, string]>([
  ['figure.n', { n: 0 }, 'n is 0'],
  ['figure.lost', { n: -1 }, 'n is -1'],
  ['figure.bad', { bad: 1.5 }, 'bad is 1.5'],
  ['own_detail.neutrals_silent', { n: 1 }, 'n is 1'],
  ['note.part_lost', { n: 3, missing: 4 }, 'missing is more than n'],
  ['figure.range', { from: '5 s', to: '5 s' }, 'from is to'],
  ['figure.partly', { duration: '0 s' }, 'duration lasts nothing'],
  ['figure.partly', { duration: '\u22123 s' }, 'duration lasts nothing'],
  ['figure.overdue', { share: '101.00%' }, 'share is no share'],
  ['figure.overdue', { share: '–' }, 'share is no share'],
  ['note.since', { time: 'soon' }, 'time is no time'],
  ['note.since', { time: 'Invalid Date' }, 'time is Invalid Date'],
  ['verdict.unknown', { tasks: ' ' }, 'tasks is empty'],
])('%s is refused of %o', (key, params, why) => {
  for (const locale of LOCALES) {
    const text = createText(CATALOGUES, locale);
    expect(() => text(key, params)).toThrow(`"${key}" is said, but ${why}`);
  }
});

test.each<[MessageKey, Record<string, string | number>]>([
  ['figure.n', { n: 1 }],
  ['figure.partly', { duration: '0.3 s' }],
  ['figure.overdue', { share: '0.00%' }],
  ['figure.overdue', { share: '5.00% to 100.00%' }],
  ['figure.available', { since: '', percent: '99.99%' }],
])('%s is said of %o', (key, params) => {
  expect(FACTS[key].denied(params)).toBeNull();
});
