import { z } from '@hono/zod-openapi';
import type { FieldError } from '../../../../http/problem.ts';
import type { Configuration } from '../../../../model/configuration.ts';
import { HISTORY_GRAINS, type HistoryGrain } from '../../../../model/history/periods.ts';
import { DAY } from '../../../../model/time.ts';
import { type ComponentId, componentId, type EpochMs } from '../../../../model/vocabulary.ts';
import { startOfDay } from '../../../../model/zone.ts';
import { componentName, timeWithZone } from '../../../kit/described.ts';

export const HISTORY_KINDS = ['figures', 'states', 'results'] as const;
export const HISTORY_FORMATS = ['json', 'csv'] as const;
/** Without `from`. */
const DEFAULT_DAYS = 90;
const YEAR = 366 * DAY;
/** Bounds what one request can cost. */
const LONGEST_MS: Record<HistoryGrain | 'results', number> = {
  minute: 31 * DAY,
  hour: 5 * YEAR,
  day: 20 * YEAR,
  month: 20 * YEAR,
  year: 20 * YEAR,
  results: YEAR,
};

const TIME_EXPECTED = 'expected a date or a time with its zone, such as 2026-12-01T22:00:00+08:00';
const time = z
  .union([z.iso.date(), timeWithZone(TIME_EXPECTED)], { error: TIME_EXPECTED })
  .optional();

export const historyQuery = z.object({
  component: componentName.optional().openapi({
    description: 'System and function; without it all of them.',
    example: 'beijing.query',
  }),
  from: time.openapi({
    description: `A day begins in the zone of the page. Else ${DEFAULT_DAYS} days before to.`,
    example: '2026-01-01',
  }),
  to: time.openapi({ description: 'Exclusive. Without it, now.', example: '2027-01-01' }),
  kind: z
    .enum(HISTORY_KINDS)
    .default('figures')
    .openapi({
      description:
        'figures: of each period. states: the ledger, as it is known now; recorded_at, when that ' +
        'was recorded: long after its beginning, it is a correction. results: single ' +
        'measurements, as long as they are kept.',
    }),
  grain: z
    .enum(HISTORY_GRAINS)
    .default('day')
    .openapi({
      description:
        'The period of figures; whole ones are answered. Minutes and hours of UTC; days, months ' +
        'and years of the page.',
    }),
  format: z.enum(HISTORY_FORMATS).default('json'),
});

/** A request, checked. */
export interface HistoryQuery {
  components: readonly ComponentId[];
  from: EpochMs;
  to: EpochMs;
  kind: (typeof HISTORY_KINDS)[number];
  grain: HistoryGrain;
  format: (typeof HISTORY_FORMATS)[number];
}

export type ReadQuery = { query: HistoryQuery } | { errors: FieldError[] };

/** What is asked of this site, or what is wrong with it. */
export function readQuery(
  given: z.infer<typeof historyQuery>,
  { systems, checks, page }: Configuration,
  now: EpochMs,
): ReadQuery {
  const shown = new Set(systems.filter(({ neutral }) => !neutral).map(({ id }) => id));
  const known = new Set(
    checks.filter((it) => shown.has(it.system)).map((it) => componentId(it.system, it.function)),
  );
  const { component, kind, grain, format } = given;
  if (component !== undefined && !known.has(component))
    return wrong('component', `expected one of ${[...known].join(', ')}`);
  const to = instant(given.to, page.zone) ?? now;
  const from = instant(given.from, page.zone) ?? to - DEFAULT_DAYS * DAY;
  if (from >= to) return wrong('from', 'expected a time before to');
  const longest_ms = LONGEST_MS[kind === 'results' ? 'results' : kind === 'states' ? 'day' : grain];
  if (to - from > longest_ms)
    return wrong('from', `expected at most ${longest_ms / DAY} days before to`);
  const components = component === undefined ? [...known] : [component];
  return { query: { components, from, to, kind, grain, format } };
}

function instant(text: string | undefined, zone: string): EpochMs | null {
  if (text === undefined) return null;
  return text.length === 'YYYY-MM-DD'.length ? startOfDay(zone, text) : Date.parse(text);
}

function wrong(parameter: string, detail: string): ReadQuery {
  return { errors: [{ parameter, detail }] };
}
