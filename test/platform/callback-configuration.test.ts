import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { callbackMappingOf } from '../../collector/ingest/mapping/schema.ts';
import { parseText, problemsIn, SOUND } from './parsed-text.ts';

const MORE = {
  env: { SECRET: 'hush', TOKEN: 'hush-too', CALLBACK_SECRET: 'sixteen_or-more-1' },
  callback_mapping: callbackMappingOf,
};

const MAPPING = `
        body: json
        unique_by: $.id
        type: issued
        at: received
        answer: { text: SUCCESS }`;

const callbacks = (mapping: string, more = '') => `${SOUND}  shop-issue:
    { system: shop, function: issue, source: own_traffic }
ingest:
  callbacks:
    till:
      system: shop
      secret: { env: CALLBACK_SECRET }
      ${more}
      mapping: ${mapping}
`;

test('a callback is kept with the hash of its secret, and its mapping is checked', () => {
  const text = callbacks(MAPPING, 'networks: [203.0.113.0/24]');
  const { callbacks: read, ingest } = parseText(text, MORE);
  const sha256 = createHash('sha256').update('sixteen_or-more-1').digest('hex');
  expect(ingest).toEqual([]);
  expect(read).toMatchObject([
    {
      id: 'till',
      sha256,
      networks: ['203.0.113.0/24'],
      system: 'shop',
      mapping: { unique_by: [['$.id']], answer: { status: 200, text: 'SUCCESS' } },
    },
  ]);
  // Processes that take none know of none.
  expect(parseText(text, { env: MORE.env }).callbacks).toBeUndefined();
});

test('the mapping of 诺诺 is read from its file', () => {
  const text = callbacks('{ file: config/callbacks/nuonuo.yaml }');
  expect(parseText(text, MORE).callbacks).toMatchObject([
    {
      mapping: {
        body: 'form',
        json_in: ['content'],
        number: { from: [expect.anything(), '$.content.c_fphm'] },
      },
    },
  ]);
  const not_there = callbacks('{ file: config/callbacks/none.yaml }');
  expect(problemsIn(not_there, MORE).join()).toContain('cannot be read (ENOENT)');
});

const AT = 'ingest.callbacks.till';

test.each<[string, string, string]>([
  ['system: shop\n      secret', 'system: shap\n      secret', `${AT}.system: there is no system`],
  ['{ env: CALLBACK_SECRET }', 'sixteen_or-more-1', `${AT}.secret: is a secret; expected {env`],
  ['{ env: CALLBACK_SECRET }', '{ env: SECRET }', `${AT}.secret: expected a secret of 16 to 200`],
  ['body: json', 'body: xml', `${AT}.mapping.body: expected form or json`],
  ['unique_by: $.id', 'unique_by: "$.[id"', `${AT}.mapping.unique_by.0.0: no JSONPath`],
  ['type: issued', 'type: sold', `${AT}.mapping.type.absent.type: expected a stage, ignored`],
  ['at: received', 'at: { from: $.at, time: days }', `${AT}.mapping.at.time: expected one of ms`],
  ['at: received', 'at: { from: $.a, time: ms, zone: CN }', `${AT}.mapping.at.zone: expected an`],
  ['{ text: SUCCESS }', '{ status: 200 }', `${AT}.mapping.answer: expected one of json and text`],
  ['{ text: SUCCESS }', '{ text: a }\n        jsonin: x', `${AT}.mapping.jsonin: is not a known`],
  ['till:', 'Till:', 'ingest.callbacks.Till: expected an id'],
])('%s as %s is refused', (from, to, problem) => {
  const sound = callbacks(MAPPING);
  expect(sound).toContain(from);
  expect(problemsIn(sound.replace(from, to), MORE).join('\n')).toContain(problem);
});

const STATES = '{ from: $.s, values: { 1: MEANING } }';
const MEANING_AT = `${AT}.mapping.type.values.1`;

test.each<[string, string]>([
  ['{ type: failed }', `${MEANING_AT}.function: is missing; expected the function that failed`],
  ['failed', `${MEANING_AT}.function: expected the function that failed`],
  ['{ type: failed, function: issue, outcome: ok }', `${MEANING_AT}.outcome: is not said of`],
  ['{ type: failed, function: issue, outcome: bad }', `${MEANING_AT}.outcome: expected one of ok`],
  ['{ type: failed, function: sync }', `${MEANING_AT}.function: expected one of login`],
  // Own traffic tells of issuing only.
  [
    '{ type: failed, function: deliver }',
    `${MEANING_AT}.function: expected a function that own traffic tells of: issue`,
  ],
  ['{ type: issued, outcome: timeout }', `${MEANING_AT}.outcome: is only said of what failed`],
  ['{ type: issued, function: deliver }', `${MEANING_AT}.function: expected what issued stands`],
  ['{ type: voided, outcome: ok }', `${MEANING_AT}.outcome: is not said of an invoice that was`],
  ['{ type: rejected, function: issue }', `${MEANING_AT}.function: is not said of an invoice`],
  ['{ type: ignored, outcome: ok }', `${MEANING_AT}.outcome: is not said of what is ignored`],
  ['{ type: failed, function: issue, at: now }', `${MEANING_AT}.at: expected received`],
])('a state that means %s is refused at the start', (meaning, problem) => {
  const type = `type: ${STATES.replace('MEANING', meaning)}`;
  const text = callbacks(MAPPING).replace('type: issued', type);
  expect(problemsIn(text, MORE).join('\n')).toContain(problem);
});

test.each<[string, string]>([
  ['outcome: { from: $.e, values: { E1: bad } }', `${AT}.mapping.outcome.values.E1: expected one`],
  ['outcome: { from: $.e, matches: { x: ok } }', `${AT}.mapping.outcome.matches.x: expected one`],
  ['outcome: { from: $.e, otherwise: none }', `${AT}.mapping.outcome.otherwise: expected one of`],
  ['outcome: { from: $.e }', `${AT}.mapping.outcome: expected a table`],
  ['outcome: $.e', `${AT}.mapping.outcome: `],
  ['json_in: a\n        when: { $.a.kind: x }', `${AT}.mapping.when.$.a.kind: is asked before`],
  ['json_in: a\n        ignored: { "$[\'a\'].k": x }', 'is asked before json_in is read'],
])('%s is refused at the start', (more, problem) => {
  const text = callbacks(`${MAPPING}\n        ${more}`);
  expect(problemsIn(text, MORE).join('\n')).toContain(problem);
});

test('a callback of a system of which nothing is told is refused', () => {
  const text = callbacks(MAPPING);
  const of_site = text.replace('system: shop\n      secret', 'system: site\n      secret');
  expect(problemsIn(of_site, MORE)).toEqual([
    `${AT}.system: no check of it has its own traffic as source, or follows its invoices`,
  ]);
});

test('a number that is not kept as it is written is refused, in a file of its own too', () => {
  const changed = 'when: { $.code: 0000 }\n        unique_by: $.id';
  const inline = callbacks(MAPPING).replace('unique_by: $.id', changed);
  const folder = mkdtempSync(join(tmpdir(), 'mapping-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'till.yaml');
  writeFileSync(file, 'body: json\nwhen: { $.code: 0000 }\n');
  for (const text of [inline, callbacks(`{ file: ${file} }`)]) {
    expect(problemsIn(text, MORE).join('\n')).toContain(
      `${AT}.mapping.when.$.code: is a number that is not kept as it is written`,
    );
  }
});

test('networks and proxies are addresses, and nothing of a secret is echoed', () => {
  const text = callbacks(MAPPING, 'networks: [10.0.0.0/40]').replace(
    'ingest:\n',
    'ingest:\n  trusted_proxies: 0\n',
  );
  const problems = problemsIn(text, MORE).join('\n');
  expect(problems).toContain(`${AT}.networks.0: expected an address or a network`);
  expect(problems).toContain('ingest.trusted_proxies: expected ');
  const proxied = callbacks(MAPPING).replace('ingest:\n', 'ingest:\n  trusted_proxies: 1\n');
  expect(parseText(proxied, MORE).ingest_proxies).toBe(1);
});
