import { describe, expect, test } from 'vitest';
import { measured, startPortal } from './portal.ts';

describe('bounded', () => {
  const first = (more: string) => `
reach:
  - get: /
${more}`;
  const answering = (body: string) => startPortal((_, response) => response.end(body));
  const reach = (url: string, more: string) => ({
    url,
    functions: ['reach'],
    settings: first(more),
  });

  test.for<[string, string, string]>([
    ['a regular expression', "    capture: { a: { matches: '^(a+)+$' } }", `${'a'.repeat(40)}!`],
    [
      'a JSONPath',
      "    expect: { json: { '$..[?$..[?@.a==1]]': { exists: true } } }",
      JSON.stringify(Array.from({ length: 3_000 }, (_, a) => ({ a }))),
    ],
  ])('%s that explodes is ours, in a second', async ([_, more, body]) => {
    const portal = await answering(body);
    const site = reach(portal.url, `${more}\n  - get: /`);
    expect(await measured(site, 'reach')).toMatchObject({
      outcome: 'self',
      reason: 'probe_error',
      detail: 'step 1: reading the answer took more than 200 ms',
    });
  });

  test('more than a mebibyte of an answer is ours', async () => {
    const portal = await answering(`{"a":"${'x'.repeat(1_100_000)}"}`);
    const site = reach(portal.url, '    expect: { json: { $.a: { exists: true } } }');
    expect(await measured(site, 'reach')).toMatchObject({
      outcome: 'self',
      reason: 'answer_too_large',
    });
  });

  test.for(['<a>'.repeat(5_000), '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<a>'])(
    'XML that is not read is no answer of the protocol: %#',
    async (body) => {
      const portal = await answering(body);
      const site = reach(portal.url, '    expect: { xml: { //a: { exists: true } } }');
      expect(await measured(site, 'reach')).toMatchObject({ outcome: 'system' });
    },
  );
});
