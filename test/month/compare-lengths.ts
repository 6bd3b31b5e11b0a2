import type { LivedMonth } from './lived-month.ts';
import type { Stretch } from './oracle/facts.ts';
import { disturbancesOf, type Length, lengthOf, spokenInFull } from './oracle/lengths.ts';
import type { Published, PublishedIncident } from './published.ts';
import { MINUTE_MS } from './site.ts';

/** What somebody can read and is not what the oracle says, in sentences; empty: nothing. */
export function wrongLengths(month: LivedMonth, published: Published): string[] {
  return [
    ...published.incidents.flatMap((it) => wrongIncident(month, published, it)),
    ...published.told.flatMap((it) => wrongAlert(month, it)),
  ];
}

/**
 * Which disturbances are one incident is taken from what is kept of it; when they began and ended,
 * and how long they were, from the oracle alone.
 */
function wrongIncident(
  month: LivedMonth,
  { told }: Published,
  { kept, v2, row, page, feed }: PublishedIncident,
): string[] {
  const { id, components, started_at, monitoring_at, resolved_at } = kept;
  const over_at = monitoring_at ?? resolved_at;
  if (over_at === null) return [];
  const its_time = { from: started_at, to: over_at };
  const length = lengthIn(month, components, its_time);
  const its = told.filter(({ notice }) => notice.ref === id);
  const places = {
    page,
    // One that is still watched is not among those that are over.
    ...(resolved_at !== null && {
      ...(row !== null && { row }),
      ...(feed !== null && { feed }),
    }),
  };
  const saidIn = (place: string, text: string, time: Stretch) => [
    ...otherwiseSaid(place, text, lengthIn(month, components, time)),
    ...components.flatMap((component) =>
      otherwiseSaidOf(component, place, text, lengthIn(month, [component], time)),
    ),
  ];
  const last = its.at(-1);
  const of_webhooks = its.map(({ webhook }) => (webhook as Webhook).data.incident?.started_at);
  return [
    ...Object.entries(places).flatMap(([place, text]) => saidIn(place, text, its_time)),
    // What failed again for a moment after the last mail is not told, nor what was not known then.
    ...(resolved_at === null || last === undefined
      ? []
      : saidIn('mail', last.mail, {
          from: started_at,
          to: Math.min(over_at, last.notice.created_at - LONGEST_SLOT_MS),
        })),
    // Of what turned out to be nothing there is no beginning.
    ...(length === null
      ? []
      : [
          ...otherwise('v2 starts', v2?.started_at ?? isoOf(length.from), length.from),
          ...otherwise('v2 is well', v2?.monitoring_at ?? isoOf(length.to), length.to),
          ...of_webhooks.flatMap((at) => otherwise('webhook starts', at, length.from)),
          ...(page.includes(`<time datetime="${isoOf(length.from)}">`) ? [] : ['page starts']),
          ...(row?.includes(`<time datetime="${isoOf(length.from)}">`) === false
            ? ['row starts']
            : []),
        ]),
  ].map((it) => `incident of ${components.join(' and ')}, ${isoOf(started_at)}: ${it}`);
}

interface Webhook {
  data: {
    incident?: { started_at: string };
    alert?: {
      subject: string;
      state: string;
      since: string;
      resolved_at: string;
      /** null: of what turned out to be nothing. */
      duration_seconds: number | null;
    };
  };
}

function wrongAlert(month: LivedMonth, { webhook, mail }: Published['told'][number]): string[] {
  const { alert } = (webhook as Webhook).data;
  if (!alert || !month.expected.has(alert.subject)) return [];
  const span = { from: Date.parse(alert.since), to: Date.parse(alert.resolved_at) };
  // It may have told what is void since, of which nothing is left.
  if (month.lived.set_back.some(({ at }) => span.from <= at && at <= span.to)) return [];
  const said = alert.duration_seconds;
  const duration_ms = said === null ? null : Math.round(said * 1_000);
  if (alert.state === 'unknown') return wrongUnknown(month, alert.subject, span, duration_ms);
  const length = lengthIn(month, [alert.subject], span);
  const is_seen = length?.end === 'seen';
  return [
    ...otherwiseSaid('mail', mail, length),
    ...otherwiseSaidOf(alert.subject, 'mail', mail, length),
    ...(length === null ? [] : otherwise('begins', alert.since, length.from)),
    ...(is_seen ? otherwise('ends', alert.resolved_at, length.to) : []),
    ...((length?.ms ?? null) === duration_ms ? [] : [`${duration_ms} ms, not ${length?.ms} ms`]),
  ].map((it) => `alert of ${alert.subject}, ${alert.since}: ${it}`);
}

/**
 * One about an unknown state lasts as long as that was known to; a check that is confirmed later
 * may show that it ended a slot earlier.
 */
function wrongUnknown(
  { expected }: LivedMonth,
  subject: string,
  { from, to }: Stretch,
  told_ms: number | null,
): string[] {
  const ms = disturbancesOf(expected.get(subject) ?? [], ['unknown'])
    .map((it) => Math.max(0, Math.min(to, it.to) - Math.max(from, it.from)))
    .reduce((sum, it) => sum + it, 0);
  const is_near = told_ms !== null && ms <= told_ms && told_ms <= ms + LONGEST_SLOT_MS;
  return is_near ? [] : [`alert of ${subject}: unknown for ${told_ms} ms, not ${ms} ms`];
}

const LONGEST_SLOT_MS = 2 * MINUTE_MS;

/** The disturbances of these components that lie in the time or reach into it, as a whole. */
function lengthIn(
  { expected }: LivedMonth,
  components: readonly string[],
  { from, to }: Stretch,
): Length | null {
  const all = components.flatMap((it) => disturbancesOf(expected.get(it) ?? []));
  return lengthOf(all.filter((it) => it.from < to && it.to > from));
}

/** What is said of the whole, and has to be. */
function otherwiseSaid(place: string, text: string, length: Length | null): string[] {
  const said = [...text.matchAll(OF_THE_WHOLE)].map(([, behind, alone]) => behind ?? alone ?? '');
  const expected = length && spokenInFull(length);
  // Of what turned out to be nothing no length is said.
  const is_right =
    expected === null ? said.length === 0 : said.length > 0 && said.every((it) => it === expected);
  return is_right ? [] : [`${place}: ${said.join(', ') || 'no length'}, not ${expected}`];
}

/** What is said of one function: 下载曾中断 1 分 36 秒. Of several at once there is no length. */
function otherwiseSaidOf(component: string, place: string, text: string, length: Length | null) {
  const name = NAMES[component.slice(component.lastIndexOf('.') + 1)];
  const said = [...text.matchAll(OF_A_FUNCTION)].flatMap(([, of, it]) => (of === name ? it : []));
  const expected = length && spokenInFull(length);
  const wrong = said.filter((it) => it !== expected);
  return wrong.length === 0 ? [] : [`${place}: ${component} ${wrong.join(', ')}, not ${expected}`];
}

const NAMES: Record<string, string> = { upload: '上传', query: '查询', download: '下载' };

const ONE = String.raw`\d[\d.]* (?:天|小时|分钟|分|秒)(?: \d+ (?:小时|分钟|秒))?`;
const LENGTH = String.raw`(?:共 ${ONE}\uff0c分 \d+ 段|${ONE})(?: · 结束未观察到)?`;
/** Behind what says that it is the length of a disturbance. */
const BEHIND = String.raw`历时[ \uff1a]|受影响时间\uff1a`;
const IN_PARTS = String.raw`共 ${ONE}\uff0c分 \d+ 段(?: · 结束未观察到)?`;
const OF_THE_WHOLE = new RegExp(
  String.raw`(?:${BEHIND})(${LENGTH})|(?<=^|[>\s·])(${IN_PARTS})`,
  'g',
);

const OF_A_FUNCTION = new RegExp(
  String.raw`(上传|查询|下载)曾\p{Script=Han}+[ \uff08](${LENGTH})`,
  'gu',
);

function otherwise(what: string, said: string | undefined, at: number): string[] {
  return said === isoOf(at) ? [] : [`${what} at ${said}, not ${isoOf(at)}`];
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
