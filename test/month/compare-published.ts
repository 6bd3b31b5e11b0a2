import type { Incident } from '../../model/incident.ts';
import { expectedStates, expectedThen } from './expected.ts';
import type { LivedMonth } from './lived-month.ts';
import { availableShare, type DayTruth, dayTruth, truncated } from './oracle/days.ts';
import type { ComponentFacts, Stretch } from './oracle/facts.ts';
import { spokenLength } from './oracle/lengths.ts';
import type { Published } from './published.ts';
import { COMPONENTS_OF_MONTH, DAY_MS, HOUR_MS } from './site.ts';

/** An announcement excuses what is bad if it came this long before. */
const NOTICE_MS = 24 * HOUR_MS;

/** Columns of the table of days that are not what the oracle says. */
export function wrongDays(month: LivedMonth, { front }: Published): string[] {
  return COMPONENTS_OF_MONTH.flatMap((facts) => {
    const { component } = facts;
    const rows = rowsOf(front, component);
    const days = daysOf(month, facts);
    return days.flatMap((day, i) => {
      const expected = columnsOf(day);
      const [, , ...said] = rows[days.length - 1 - i] ?? [];
      const wrong = expected.filter((text, column) => text !== said[column]);
      return wrong.length === 0
        ? []
        : [`${component}, day ${i + 1}: ${said.join(' | ')}, not ${expected.join(' | ')}`];
    });
  });
}

/** What the oracle says of each day of a component. */
export function daysOf({ lived, truth }: LivedMonth, facts: ComponentFacts): DayTruth[] {
  const own = new Set(facts.checks.map((it) => it.check));
  const parts = {
    measured: expectedStates(lived, facts, { from: truth.from, is_measured: true }),
    excused: lived.windows
      .filter((it) => it.components.includes(facts.component))
      .filter((it) => it.from - it.announced_at >= NOTICE_MS)
      .map((it) => ({ from: it.from, to: Math.min(it.to, it.until) })),
    findings: lived.findings.filter((it) => own.has(it.check) && it.void_at === null),
  };
  const days = Math.ceil((truth.to - truth.from) / DAY_MS);
  return Array.from({ length: days }, (_, i) => {
    const from = truth.from + i * DAY_MS;
    return dayTruth(parts, { from, to: from + DAY_MS });
  });
}

/** Down, partly down, available, n and good. */
function columnsOf(day: DayTruth): string[] {
  const length = (ms: number) => (ms > 0 ? spokenLength(ms) : '无');
  const share = (value: string | null) => (value === null ? '–' : `${value}%`);
  const raw = truncated(day.known_ms - day.major_ms, day.known_ms);
  const available = share(availableShare(day));
  return [
    length(day.down_ms),
    length(day.partial_ms),
    day.excused_ms > 0 ? `${available}（不扣除维护 ${raw}%）` : available,
    day.n.toLocaleString('en'),
    share(truncated(day.good, day.n)),
  ];
}

/** The cells of the days of a component, newest first. */
function rowsOf(front: string, component: string): string[][] {
  const [, after = ''] = front.split(`id="${component}-history"`);
  const [table = ''] = after.split('</table>');
  return table
    .split('<tr>')
    .slice(2)
    .map((row) =>
      [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
        cell.replace(/<[^>]+>/g, '').trim(),
      ),
    );
}

/** Outages that no incident tells of, and states at the end that the API tells otherwise. */
export function untold(month: LivedMonth, { incidents, states }: Published): string[] {
  const { lived, expected, truth } = month;
  const at_end = { true_at: truth.to, at: lived.ended_at };
  return COMPONENTS_OF_MONTH.flatMap((facts) => {
    const { component } = facts;
    const outages = (expected.get(component) ?? []).filter(({ state }) => OUTAGES.includes(state));
    const missing = outages.filter(
      (it) => !incidents.some(({ kept }) => kept.components.includes(component) && tells(kept, it)),
    );
    const state = expectedThen(lived, facts, at_end);
    const in_v2 = state === 'unknown' ? 'degraded_performance' : state;
    return [
      ...missing.map((it) => `${component}: ${new Date(it.from).toISOString()} in no incident`),
      ...(states.get(component) === in_v2
        ? []
        : [`${component} is ${states.get(component)}, not ${in_v2}`]),
    ];
  });
}

/** When it began is compared with what is told of its length. */
function tells({ started_at, resolved_at }: Incident, { to }: Stretch): boolean {
  return started_at < to && (resolved_at === null || resolved_at >= to);
}

const OUTAGES = ['partial_outage', 'major_outage'];
