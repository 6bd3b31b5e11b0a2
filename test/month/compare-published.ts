import { expectedStates, expectedThen } from './expected.ts';
import type { LivedMonth } from './lived-month.ts';
import { availableShare, type DayTruth, dayTruth, truncated } from './oracle/days.ts';
import type { ComponentFacts, Stretch } from './oracle/facts.ts';
import { disturbedIn, spokenLength } from './oracle/lengths.ts';
import type { IncidentOfV2, Published } from './published.ts';
import { COMPONENTS_OF_MONTH, DAY_MS, HOUR_MS, MINUTE_MS } from './site.ts';

/** An announcement excuses what is bad if it came this long before. */
const NOTICE_MS = 24 * HOUR_MS;

/** What somebody can read and is not what the oracle says, in sentences; empty: nothing. */
export function wrongLengths(month: LivedMonth, published: Published): string[] {
  return [
    ...published.incidents.flatMap((it) => wrongIncident(month, published, it)),
    ...wrongAlerts(month, published),
  ];
}

function wrongIncident(
  month: LivedMonth,
  { front, told }: Published,
  { id, v2, page, feed }: Published['incidents'][number],
): string[] {
  const over_at = v2.monitoring_at ?? v2.resolved_at;
  if (over_at === null) return [];
  const span = { from: Date.parse(v2.started_at), to: Date.parse(over_at) };
  const length = lengthOf(month, componentsOf(v2), span);
  // Of what turned out to be nothing no length is said.
  const expected = length.parts === 0 ? '' : textOf(length);
  const mails = told.filter(({ notice }) => notice.ref === id).map(({ mail }) => mail);
  const places = {
    page: page.slice(0, page.indexOf('id="timeline"')),
    // One that is still watched is not among those that are over.
    ...(v2.resolved_at !== null && { list: rowOf(front, id), mail: mails.at(-1) ?? '' }),
    // A feed that says no length says none that is wrong.
    ...(/历时|分 \d+ 段/.test(feed) && { feed }),
  };
  return Object.entries(places)
    .filter(([, text]) => (expected ? !text.includes(expected) : saidIn(text) !== NO_LENGTH))
    .map(([place, text]) => `${v2.started_at} ${place}: ${saidIn(text)}, not ${expected}`);
}

function componentsOf({ components }: IncidentOfV2): string[] {
  return components.map(({ id }) => id);
}

function lengthOf({ expected }: LivedMonth, components: readonly string[], span: Stretch) {
  return disturbedIn(
    components.map((it) => expected.get(it) ?? []),
    span,
  );
}

function textOf({ ms, parts }: { ms: number; parts: number }): string {
  return parts <= 1 ? spokenLength(ms) : `共 ${spokenLength(ms)}，分 ${parts} 段`;
}

function rowOf(front: string, id: string): string {
  return front.split('<li').find((it) => it.includes(`/incidents/${id}`)) ?? '';
}

function saidIn(text: string): string {
  return /(历时|共) ?[^<·\n]*/.exec(text)?.[0].trim() ?? NO_LENGTH;
}

const NO_LENGTH = 'no length';

interface AlertOfWebhook {
  data: {
    alert?: {
      subject: string;
      state: string;
      since: string;
      resolved_at: string;
      duration_seconds: number;
    };
  };
}

function wrongAlerts(month: LivedMonth, { told }: Published): string[] {
  return told.flatMap(({ webhook, mail }) => {
    const { alert } = (webhook as AlertOfWebhook).data;
    if (!alert || !month.expected.has(alert.subject)) return [];
    const span = { from: Date.parse(alert.since), to: Date.parse(alert.resolved_at) };
    // It may have told what is void since, of which nothing is left.
    if (month.lived.set_back.some(({ at }) => span.from <= at && at <= span.to)) return [];
    const duration_ms = Math.round(alert.duration_seconds * 1_000);
    if (alert.state === 'unknown') return wrongUnknown(month, alert.subject, span, duration_ms);
    const length = lengthOf(month, [alert.subject], span);
    const text = textOf(length);
    const is_wrong = length.ms !== duration_ms || !mail.includes(text);
    const said = `${alert.duration_seconds} s, ${saidIn(mail)}`;
    return is_wrong ? [`${alert.since} alert of ${alert.subject}: ${said}, not ${text}`] : [];
  });
}

/**
 * One about an unknown state lasts as long as that was known to; a check that is confirmed later
 * may show that it ended a slot earlier.
 */
function wrongUnknown(
  { expected }: LivedMonth,
  subject: string,
  span: Stretch,
  told_ms: number,
): string[] {
  const { ms } = disturbedIn([expected.get(subject) ?? []], span, ['unknown']);
  const is_near = ms <= told_ms && told_ms <= ms + LONGEST_SLOT_MS;
  return is_near ? [] : [`alert of ${subject}: unknown for ${told_ms} ms, not ${ms} ms`];
}

const LONGEST_SLOT_MS = 2 * MINUTE_MS;

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
  const listed = incidents.map(({ v2 }) => ({
    components: componentsOf(v2),
    from: Date.parse(v2.started_at),
    to: v2.resolved_at === null ? Number.POSITIVE_INFINITY : Date.parse(v2.resolved_at),
  }));
  // Those that are not listed were opened before all that are.
  const opened = incidents.map(({ v2 }) => Date.parse(v2.created_at));
  const listed_from = incidents.length < MOST_LISTED ? truth.from : Math.min(...opened);
  const at_end = { true_at: truth.to, at: lived.ended_at };
  return COMPONENTS_OF_MONTH.flatMap((facts) => {
    const { component } = facts;
    const outages = (expected.get(component) ?? []).filter(
      ({ state, from }) => OUTAGES.includes(state) && from >= listed_from,
    );
    const missing = outages.filter(
      (it) =>
        !listed.some(
          (told) => told.components.includes(component) && told.from <= it.from && told.to >= it.to,
        ),
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

/** By the v2 API. */
const MOST_LISTED = 50;
const OUTAGES = ['partial_outage', 'major_outage'];
