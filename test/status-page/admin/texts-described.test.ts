import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchesSchema } from '../../http/described.ts';
import { publishedDocument } from '../../http/published-document.ts';
import { aPlan, call, type Office, openOffice } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const FACE = '\u{1f600}';

/** By the limits in docs/administration.md: whether they may be a title, and a description. */
const TEXTS: [what: string, text: unknown, as_title: boolean, as_description: boolean][] = [
  ['a word', 'x', true, true],
  ['nothing', '', false, false],
  ['a space', ' ', false, false],
  ['an ideographic space', '\u3000', false, false],
  ['a byte order mark', '\ufeff', false, false],
  ['spaces around a word', ' x\u3000', true, true],
  ['a tab', 'a\tb', false, false],
  ['a bell', 'a\u0007', false, false],
  ['two lines', 'a\nb', false, true],
  ['two lines of Windows', 'a\r\nb', false, true],
  ['a line separator', 'a\u2028b', false, false],
  ['an override of direction', 'a\u202eb', false, false],
  ['120 characters', 'a'.repeat(120), true, true],
  ['121 characters', 'a'.repeat(121), false, true],
  ['120 characters of two units', FACE.repeat(120), true, true],
  ['121 characters of two units', FACE.repeat(121), false, true],
  ['2,000 characters', '字'.repeat(2_000), false, true],
  ['2,001 characters', '字'.repeat(2_001), false, false],
  ['a number', 7, false, false],
  ['a list', ['x'], false, false],
  ['null', null, false, false],
];

describe('O3: what the description allows is accepted, and what it refuses is refused', () => {
  test.each(TEXTS)('%s', async (_, en, as_title, as_description) => {
    const { title, description } = aPlan().texts;
    for (const [texts, is_allowed] of [
      [{ title: { ...title, en }, description }, as_title],
      [{ title, description: { ...description, en } }, as_description],
    ] as const) {
      const plan = aPlan({ texts });
      const { status } = await call(office, 'POST', '', plan);
      const is_described = matchesSchema(await publishedDocument(), 'NewMaintenance', plan);
      expect([status, is_described]).toEqual([is_allowed ? 201 : 422, is_allowed]);
    }
  });

  test('half a character, of which the description cannot speak', async () => {
    const { title, description } = aPlan().texts;
    const texts = { title: { ...title, en: 'a\ud83d' }, description };
    expect((await call(office, 'POST', '', aPlan({ texts }))).status).toBe(422);
  });

  test.each<[what: string, ja: unknown, is_allowed: boolean]>([
    ['a text in another language', '日本語', true],
    ['none', '', true],
    ['one that cannot be shown', 'a\u0007', false],
    ['null', null, false],
  ])('%s', async (_, ja, is_allowed) => {
    const { title, description } = aPlan().texts;
    const plan = aPlan({ texts: { title: { ...title, ja }, description } });
    const { status } = await call(office, 'POST', '', plan);
    const is_described = matchesSchema(await publishedDocument(), 'NewMaintenance', plan);
    expect([status, is_described]).toEqual([is_allowed ? 201 : 422, is_allowed]);
  });

  test.each<[what: string, given: object]>([
    ['no function', { components: [] }],
    ['a function that is no text', { components: [7] }],
    ['functions as one text', { components: 'beijing.query' }],
    ['a time without seconds', { announced_from: '2026-12-01T22:00+08:00' }],
    ['a number of a time', { announced_from: 1_700_000_000 }],
    ['a day that is none', { announced_from: '2027-02-29T22:00:00+08:00' }],
    ['a text for an answer of yes or no', { announce: 'true' }],
    ['a field that is none', { more: 1 }],
  ])('%s', async (_, given) => {
    const plan = aPlan(given as Record<string, unknown>);
    const { status } = await call(office, 'POST', '', plan);
    expect(status).toBe(422);
    expect(matchesSchema(await publishedDocument(), 'NewMaintenance', plan)).toBe(false);
  });
});
