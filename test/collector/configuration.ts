import type { Configuration, IngestToken, Policy } from '../../model/configuration.ts';
import { DEFAULT_NOTIFY } from '../../model/notify-settings.ts';
import { DEFAULT_POLICY, DEFAULT_RETENTION } from '../../model/policy.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { LOCALES } from '../../model/vocabulary.ts';

/** 10:00 on a Monday in China. */
export const START = Date.parse('2026-11-02T02:00:00.000Z');

const named = (name: string) => ({ 'zh-CN': name, en: name });

/**
 * One shop that uploads every 10 s, and one bureau that shows what was uploaded and answers queries
 * every 15 s.
 */
export function configuration(
  policy: Partial<Policy> = {},
  ingest: IngestToken[] = [],
): Configuration {
  const all = {
    ...DEFAULT_POLICY,
    confirmations: 2,
    confirm_distance_ms: 5 * SECOND,
    slow_ms: 1_500,
    settle_ms: 0,
    resolve_after_ms: 20 * SECOND,
    ...policy,
  };
  const common = { line: 'local', zone: 'Asia/Shanghai', options: {} };
  const system = {
    driver: 'none',
    environment: 'simulator',
    settings: null,
    neutral: false,
    ca: null,
  } as const;
  return {
    page: {
      operator: named('test'),
      title: named('test'),
      public_url: 'http://127.0.0.1',
      zone: 'Asia/Shanghai',
      contact: 'test@example.invalid',
      languages: LOCALES,
    },
    lines: [{ id: 'local', name: named('local'), proxy: null }],
    systems: [
      { id: 'shop', name: named('shop'), url: 'http://127.0.0.1/shop', ...system },
      { id: 'bureau', name: named('bureau'), url: 'http://127.0.0.1/bureau', ...system },
    ],
    checks: [
      {
        ...common,
        id: 'shop-upload',
        system: 'shop',
        function: 'upload',
        schedule: '*/10 * * * * *',
        deadline_ms: 5 * SECOND,
      },
      {
        ...common,
        id: 'bureau-query',
        system: 'bureau',
        function: 'query',
        schedule: '*/15 * * * * *',
        deadline_ms: 8 * SECOND,
      },
      {
        id: 'bureau-sync',
        system: 'bureau',
        line: 'local',
        function: 'sync',
        follows: 'shop',
        deadline_ms: 5 * SECOND,
        looks_at: 'bureau',
        looks_per_minute: 60,
      },
    ],
    tasks: [],
    depends_on: {},
    policies: {
      'shop.upload': all,
      'bureau.query': all,
      'bureau.sync': {
        ...all,
        overdue_after_ms: 10 * SECOND,
        stalled_after_ms: MINUTE,
        ...policy,
      },
    },
    retention: DEFAULT_RETENTION,
    notify: DEFAULT_NOTIFY,
    ingest,
    demo: false,
  };
}
