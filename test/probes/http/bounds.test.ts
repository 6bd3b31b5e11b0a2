import { describe, expect, test } from 'vitest';
import { specimenFile, specimenInvoice } from '../../../probes/specimen/index.ts';
import {
  readingTime,
  TookTooLong,
  withinTime,
} from '../../../probes/systems/http/engine/within-time.ts';
import { parseNodes } from '../../../probes/systems/http/engine/xml-nodes.ts';
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

  const XML = '    expect: { xml: { //a: { exists: true } } }';
  const JSON_DEEP = "    expect: { json: { '$..a': { exists: true } } }";
  const nested = (depth: number) => `${'<a>'.repeat(depth)}x${'</a>'.repeat(depth)}`;
  const nestedJson = (depth: number) => `${'['.repeat(depth)}{"a":1}${']'.repeat(depth)}`;

  test.for<[string, string, string, string]>([
    ['XML deeper than 256', XML, nested(257), 'answer_too_large'],
    ['JSON that is searched deeper than 255', JSON_DEEP, nestedJson(300), 'answer_too_large'],
    [
      'an entity of a document type',
      XML,
      '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
      'probe_error',
    ],
    ['one of another file', XML, '<!DOCTYPE a SYSTEM "a.dtd"><a>&x;</a>', 'probe_error'],
  ])('%s is ours: it is not read', async ([_, more, body, reason]) => {
    const portal = await answering(body);
    const found = await measured(reach(portal.url, more), 'reach');
    expect(found).toMatchObject({ outcome: 'self', reason });
  });

  test.for<[string, string, string]>([
    ['256 deep', XML, nested(256)],
    ['JSON 200 deep', JSON_DEEP, nestedJson(200)],
  ])('what is %s is read', async ([_, more, body]) => {
    const portal = await answering(body);
    expect(await measured(reach(portal.url, more), 'reach')).toMatchObject({ outcome: 'ok' });
  });

  // As xmllint says of each: no XML.
  test.for(['<a>', '<a>'.repeat(200), '<a>&x;</a>', '<!DOCTYPE html><html><p>&nbsp;</p></html>'])(
    'what is no XML is no answer of the protocol: %#',
    async (body) => {
      const portal = await answering(body);
      expect(await measured(reach(portal.url, XML), 'reach')).toMatchObject({
        outcome: 'system',
        reason: 'unexpected_answer',
      });
    },
  );

  test('all answers of a run together have a second of work', async () => {
    // Each search takes some milliseconds, and there are four hundred.
    const items = Array.from({ length: 5_000 }, (_, a) => ({ a }));
    const portal = await answering(JSON.stringify([...items, { b: 'x' }]));
    const captures = [...'cdefghijklmnopqrstuv'].map((name) => `${name}: { json: '$..b' }`);
    const step = `  - { get: /, capture: { ${captures.join(', ')} } }`;
    const settings = ['reach:', ...Array.from({ length: 20 }, () => step)].join('\n');
    const site = { url: portal.url, functions: ['reach'], settings, deadline: '58s' };
    expect(await measured(site, 'reach')).toMatchObject({
      outcome: 'self',
      reason: 'probe_error',
      detail: expect.stringMatching(
        /^step \d+: reading the answers took more than 1000 ms in all$/,
      ),
    });
  });

  test('a file has no code that we would have to read all of it for', async () => {
    const known = '26000000000000000001';
    const file = Buffer.from(specimenFile('pdf', specimenInvoice(known, '20260302100000')));
    const long = Buffer.concat([file, Buffer.alloc(21 * 1024 * 1024)]);
    const portal = await startPortal((_, response) => response.end(long));
    const settings = `
known: { number: '${known}', issued: '20260302100000' }
codes: { json: $.code, ok: '0' }
download: [{ get: / }]`;
    const site = { url: portal.url, functions: ['download'], settings };
    expect(await measured(site, 'download')).toMatchObject({
      outcome: 'ok',
      integrity: { verdict: 'unjudged', reason: 'too_large' },
    });
  });
});

test('XML of 100,000 nodes is read, and none of more', () => {
  const nodes = (count: number) => `<a>${'<b/>'.repeat(count - 1)}</a>`;
  expect(parseNodes(nodes(100_000))?.firstChild?.childNodes).toHaveLength(99_999);
  expect(() => parseNodes(nodes(100_001))).toThrow(
    expect.objectContaining({ reason: 'answer_too_large' }),
  );
});

test('time for reading is spent by the work, and none is begun without any left', () => {
  const time = readingTime();
  const works = (n: number): number => (n === 0 ? 0 : 1 + works(n - 1));
  let done = 0;
  const spend = () => {
    for (; done < 1_000_000; done += 1) {
      withinTime(() => Array.from({ length: 1_000 }, () => works(100)).length, time);
    }
  };
  expect(spend).toThrow('reading the answers took more than 1000 ms in all');
  expect(done).toBeGreaterThan(0);
  expect(() => withinTime(() => 1, time)).toThrow(TookTooLong);
});
