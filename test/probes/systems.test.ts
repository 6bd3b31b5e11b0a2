import { describe, expect, test } from 'vitest';
import type { InvoiceFunction } from '../../model/vocabulary.ts';
import { writeRefusal } from '../../model/writing.ts';
import { PROBES } from '../../probes/index.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';

const BAD_SETTINGS: [string, unknown, string, string][] = [
  ['pinduoduo', {}, 'client_id', 'expected string, received undefined'],
  ['pinduoduo', { client_id: '' }, 'client_id', 'expected string to have >=1 characters'],
  ['pinduoduo', { secret: 'x' }, '', 'Unrecognized key: "secret"'],
  [
    'beijing',
    { known: { number: '123', issued: '20260101000000' } },
    'known.number',
    'must be the 20 digits',
  ],
  ['beijing', { known: { number: '1'.repeat(20) } }, 'known.issued', 'expected string'],
  [
    'beijing',
    { unknown: { number: '1'.repeat(20), issued: '2026' } },
    'unknown.issued',
    'yyyyMMddHHmmss',
  ],
  ['beijing', { province: 11 }, '', 'Unrecognized key: "province"'],
];

test.for(BAD_SETTINGS)('settings of %s: %o', ([driver, settings, path, message]) => {
  const parsed = SYSTEMS[driver]?.settings?.safeParse(settings);
  const issues = parsed?.error?.issues.map((issue) => [issue.path.join('.'), issue.message]) ?? [];
  expect(issues).toContainEqual([path, expect.stringContaining(message)]);
});

const BAD_OPTIONS: [string, InvoiceFunction, unknown, string, string][] = [
  ['beijing', 'download', {}, 'format', 'expected one of "pdf"|"ofd"|"xml"'],
  ['beijing', 'download', { format: 'doc' }, 'format', 'expected one of "pdf"|"ofd"|"xml"'],
  ['web', 'reach', { path: 'index' }, 'path', 'must start with /'],
  ['web', 'reach', { status: 99 }, 'status', '>=200'],
];

test.for(BAD_OPTIONS)('options of %s %s: %o', ([driver, fn, options, path, message]) => {
  const parsed = SYSTEMS[driver]?.options?.[fn]?.safeParse(options);
  const issues = parsed?.error?.issues.map((issue) => [issue.path.join('.'), issue.message]) ?? [];
  expect(issues).toContainEqual([path, expect.stringContaining(message)]);
});

/** Of systems without a simulator that need some. */
const SETTINGS: Record<string, unknown> = {
  dppt: { links: ['https://files.example.org/invoice.pdf'] },
};

describe.for(Object.entries(SYSTEMS))('%s', ([name, definition]) => {
  const driver = definition.createDriver({
    id: 'x',
    name: { 'zh-CN': 'x', en: 'x' },
    driver: name,
    environment: 'simulator',
    neutral: false,
    ca: null,
    url: 'http://127.0.0.1:1',
    settings: definition.demo?.settings ?? SETTINGS[name] ?? {},
  });

  test('has a driver method and a probe for each function it names', () => {
    for (const fn of definition.functions) {
      const method = fn === 'sync' ? 'query' : fn;
      expect(driver).toHaveProperty(method, expect.any(Function));
      if (fn !== 'sync') expect(PROBES).toHaveProperty(fn, expect.any(Function));
    }
  });

  test('is not written to at its production domains, by whichever driver', () => {
    for (const domain of definition.production_domains) {
      const refusal = writeRefusal(`https://www.${domain}`, 'sandbox', Object.values(SYSTEMS));
      expect(refusal).toContain('is a production system');
    }
  });

  test('has a simulator that plays the functions it has', async () => {
    const simulator = await definition.simulator?.();
    for (const fn of simulator?.default.functions ?? []) {
      expect(definition.functions).toContain(fn);
    }
  });
});
