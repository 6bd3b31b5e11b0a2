import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../model/vocabulary.ts';
import { measured, sendJson, startPortal } from './portal.ts';

async function foundBy(codes: string, body: unknown) {
  const portal = await startPortal((_, response) => sendJson(response, body));
  const settings = `codes: ${codes}
reach: [{ get: /, expect: { json: { $.data: 1 } } }]`;
  return await measured({ url: portal.url, functions: ['reach'], settings }, 'reach');
}

describe('an empty code', () => {
  test.each<[string, Outcome]>([
    ['{ json: $.errCode, outcomes: { E1: system } }', 'ok'],
    ["{ json: $.errCode, ok: '' }", 'ok'],
    ["{ json: $.errCode, outcomes: { '': degraded } }", 'degraded'],
    ["[{ json: $.errCode, outcomes: { E1: system } }, { json: $.code, ok: '0' }]", 'ok'],
  ])('by %s is %s', async (codes, outcome) => {
    expect(await foundBy(codes, { errCode: '', code: 0, data: 1 })).toMatchObject({ outcome });
  });

  test('is no code of success', async () => {
    const portal = await startPortal((_, response) => sendJson(response, { code: '' }));
    const settings = "codes: { json: $.code, ok: '0' }\nupload: [{ post: / }]";
    const found = await measured({ url: portal.url, functions: ['upload'], settings }, 'upload');
    expect(found).toMatchObject({ outcome: 'system', detail: 'step 1: no code' });
  });
});

test.each([
  ['E1001', 'code E1001'],
  ['1234567', 'code 1234567'],
  ['12345678', 'code unreadable'],
  ['26000000000000000001', 'code unreadable'],
  ['26000000000000000001x', 'code unreadable'],
])('of the code %s the evidence has: %s', async (code, shown) => {
  const found = await foundBy("{ json: $.no, ok: '0' }", { no: code, data: 1 });
  expect(found).toMatchObject({ outcome: 'system', detail: `step 1: ${shown}` });
});
