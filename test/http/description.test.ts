import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../status-page/routes.ts';
import { type Exchange, problemsOf } from './described.ts';
import { type Document, publishedDocument } from './published-document.ts';

const document = await publishedDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, it]) => ({ name: `${method} ${path}`, ...it })),
);

describe('O3: the published description', () => {
  test('has every address that programs read or send to, and no other', () => {
    const in_table = ROUTES.filter(({ kind }) => kind === 'api' || kind === 'feed').flatMap(
      ({ path, methods }) =>
        methods.map((method) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`),
    );
    const described = operations.map(({ name }) => name);
    // The collector serves it.
    expect(described.toSorted()).toEqual([...in_table, 'post /ingest/events'].toSorted());
  });

  test('names each operation once, and says who may', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id) => !/^[a-z][A-Za-z0-9]+$/.test(id ?? ''))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, security, responses } of operations) {
      const needed = name.includes('/maintenances') && name.includes('v1') ? 'token' : null;
      const scheme = name.includes('ingest') ? 'ingest_token' : needed;
      expect([name, security]).toEqual([name, scheme === null ? undefined : [{ [scheme]: [] }]]);
      if (scheme !== null) expect(Object.keys(responses)).toContain('401');
    }
  });

  test('refers to nothing that is not there', () => {
    const text = JSON.stringify(document);
    const wanted = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, it]) => it);
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter((it) => !(String(it) in document.components.schemas))).toEqual([]);
  });

  test('gives every text, list and number of a request its limits', () => {
    const sent = ['NewMaintenance', 'MaintenanceRevision', 'MaintenanceExtension'];
    const more = ['MaintenanceAction', 'NewMaintenanceUpdate', 'InvoiceEvent'];
    const schemas = [...sent, ...more].map((name) => document.components.schemas[name]);
    const parameters = operations.flatMap(({ parameters = [] }) => parameters);
    // Whatever a browser accepts is no reason to refuse it.
    const limited = parameters.filter(({ name }) => name !== 'accept-language');
    const unlimited = [...schemas, ...limited.map(({ schema }) => schema)].flatMap((it) =>
      withoutLimits(it, document),
    );
    expect(unlimited).toEqual([]);
  });
});

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  [limit: string]: unknown;
}

/** The texts, lists and numbers in a schema that may be of any length or size. */
function withoutLimits(schema: Schema | undefined, whole: Document): Schema[] {
  if (schema?.$ref) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    return withoutLimits(whole.components.schemas[name], whole);
  }
  const { type, properties = {}, items, anyOf = [] } = schema ?? {};
  const needs = {
    string: ['maxLength', 'pattern', 'format', 'enum'],
    array: ['maxItems'],
  } as const;
  const limits = type === 'integer' ? ['maximum'] : needs[type as keyof typeof needs];
  const is_unlimited = limits?.every((it) => schema?.[it] === undefined) ?? false;
  const inside = [...Object.values(properties), ...anyOf, ...(items ? [items] : [])];
  return [
    ...(is_unlimited && schema ? [schema] : []),
    ...inside.flatMap((it) => withoutLimits(it, whole)),
  ];
}

/** As `curl -i` printed it of a page without systems. */
const ANSWER: Exchange = {
  method: 'GET',
  path: '/api/v2/status.json',
  status: 200,
  headers: {
    date: 'Sat, 21 Nov 2026 06:32:10 GMT',
    'content-type': 'application/json; charset=utf-8',
    'content-length': '260',
    'cache-control': 'no-cache',
    'content-language': 'zh-CN',
    'access-control-allow-origin': '*',
    etag: '"x"',
    vary: 'Accept-Encoding, Accept-Language',
  },
  text: JSON.stringify({
    page: {
      id: '0123456789ab',
      name: '状态',
      url: 'https://status.example.invalid',
      time_zone: 'Asia/Shanghai',
      updated_at: '2026-11-21T06:32:10.000Z',
    },
    status: { indicator: 'none', description: 'All Systems Operational' },
  }),
};
const body = JSON.parse(ANSWER.text);

describe('O2: an answer that the description does not have fails the test that got it', () => {
  test.each<[string, Partial<Exchange>, string]>([
    ['as described', {}, ''],
    ['a copy that is current', { status: 304, text: '' }, ''],
    ['a head', { method: 'HEAD', text: '' }, ''],
    ['a status', { status: 201 }, 'there is no such status'],
    ['a method', { method: 'DELETE' }, 'there is no such method'],
    ['a path', { path: '/api/v2/more.json' }, 'there is no such path'],
    ['a language', { path: '/fr/api/v2/status.json' }, 'there is no such path'],
    [
      'a further header',
      { headers: { ...ANSWER.headers, 'x-more': '1' } },
      'the header x-more is not described',
    ],
    ['a header less', { headers: { ...ANSWER.headers, etag: undefined } }, 'etag is missing'],
    [
      'another type',
      { headers: { ...ANSWER.headers, 'content-type': 'text/html' } },
      'the type "text/html" is not described',
    ],
    [
      'a further field',
      { text: JSON.stringify({ ...body, more: 1 }) },
      'the body must NOT have additional properties {"additionalProperty":"more"}',
    ],
    ['null', { text: JSON.stringify({ ...body, status: null }) }, '/status must be object'],
    [
      'a format',
      { text: JSON.stringify({ ...body, page: { ...body.page, updated_at: 'now' } }) },
      '/page/updated_at must match format "date-time"',
    ],
  ])('%s', (_, changed, problem) => {
    const told = problemsOf(document, { ...ANSWER, ...changed }).join('; ');
    if (problem === '') expect(told).toBe('');
    else expect(told).toContain(problem);
  });
});
