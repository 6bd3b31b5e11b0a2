import { falseClaims } from './claims/check-claims.ts';
import { type Instant, instantOf, isDisturbed } from './claims/instant.ts';
import { NOWHERE, type PlacedText, type ToldIncident } from './claims/places.ts';
import { type ReadText, readText } from './claims/read-text.ts';
import type { IncidentThen, Reading, WindowThen } from './claims/reading.ts';
import type { Then } from './expected.ts';
import type { LivedMonth } from './lived-month.ts';
import type { Read, Sent } from './reader.ts';
import { DAY_MS, MINUTE_MS } from './site.ts';

/** Everything that was read is about the last days: what was longer ago was read before. */
const OF_LATE_MS = 2 * DAY_MS;
/** Further apart, nothing of the clock's being set back is in an incident. */
const NEAR_MS = 10 * MINUTE_MS;

/** Messages have none. */
const ofNoFigures = { excused: [], is_set_back: false };
/** What is left is judged at most once a minute. */
const SET_BACK_MS = MINUTE_MS;

/** What was published and no form of sentence reads, or is not so. */
export function wrongClaims({ lived }: Pick<LivedMonth, 'lived'>): { n: number; wrong: string[] } {
  const wrong: string[] = [];
  const known = new Map<string, ReadText>();
  const seen = new Set<string>();
  /** When each alert was told before. */
  const alerts = new Map<string, Then[]>();
  let n = 0;
  for (const read of lived.reads) {
    const instant = instantOf(lived, read);
    const of_late = read.incidents.filter(
      (it) => Date.parse(it.started_at) > read.at - OF_LATE_MS && !isVoid(incidentThen(it)),
    );
    const incidents = new Map(
      of_late.map((it) => {
        const fails_in_another = failsInAnother(it, read.incidents, instant);
        return [it.id, { ...incidentThen(it), fails_in_another }] as const;
      }),
    );
    const figures = {
      excused: excusedBy(read.at),
      is_set_back: lived.set_back.some((it) => it.at <= read.at && it.at > read.at - SET_BACK_MS),
    };
    wrong.push(...wrongUpdates(read));
    for (const placed of read.texts) {
      const incident = incidents.get(placed.incident ?? '') ?? null;
      // Rows of what is long over, or was told of results that are void since.
      if (placed.incident !== null && incident === null) continue;
      const is_now = !isRow(placed);
      const window = windowThen(placed.maintenance, read.at);
      check(placed, { instant, incident, window, is_now, ...figures });
    }
  }
  for (const message of lived.sent) {
    const instants = instantsOf(message);
    const incident = incidentOf(message, lived.reads);
    if (incident !== null && isVoid(incident)) continue;
    for (const placed of message.texts) {
      const window = windowThen(placed.maintenance, message.at);
      const told = instants.map((instant) =>
        said(placed, { instant, incident, window, is_now: true, ...ofNoFigures }),
      );
      // It was so when it was written, or is when it is sent.
      if (!told.some((it) => it.length === 0)) wrong.push(...(told[0] ?? []));
    }
  }
  return { n, wrong };

  /** What was told of an incident when something changed, as it was then; each once. */
  function wrongUpdates(read: Read): string[] {
    return read.incidents.flatMap(({ id, incident_updates, ...told }) => {
      const incident = incidentThen({ id, incident_updates, ...told });
      const bodies = incident_updates.flatMap(({ body }) => body.split('\n'));
      const rows = read.texts.filter((it) => it.incident === id && / → .*。/.test(it.text));
      const other = rows.filter(({ text }) => !bodies.some((body) => text.endsWith(body)));
      const fresh = incident_updates.filter(({ created_at }) => isFresh(`${id} ${created_at}`));
      const changed = fresh.flatMap(({ body, created_at }) => {
        const at = Date.parse(created_at);
        const true_at = read.true_at - (read.at - at);
        // Set meanwhile, the clock tells no true time; set back, it dates anew what was told after.
        const is_dated_anew = lived.set_back.some((it) => it.at === at);
        if (isVoid(incident) || is_dated_anew || lived.wallAt(true_at) !== at) return [];
        const placed = { place: 'update', text: body, ...NOWHERE, incident: id };
        const instant = instantOf(lived, { at, true_at });
        return said(placed, { instant, incident, window: null, is_now: true, ...ofNoFigures });
      });
      return [...other.map(({ place, text }) => `${place}: “${text}” is no update`), ...changed];
    });
  }

  function isFresh(update: string): boolean {
    const is_known = seen.has(update);
    seen.add(update);
    return !is_known;
  }

  function instantsOf({ at, true_at, told_at, kind, webhook }: Sent): Instant[] {
    const written = { at: told_at, true_at: true_at - Math.max(0, at - told_at) };
    const before = { at: written.at - 1, true_at: written.true_at - 1 };
    // The reason of what is over is told too.
    const told = alerts.get(webhook.data.alert?.id ?? '') ?? [];
    if (webhook.data.alert) alerts.set(webhook.data.alert.id, [...told, written]);
    const is_end = kind === 'alert_resolved';
    const all = [written, { at, true_at }, ...(is_end ? [before, ...told] : [])];
    return all.map((it) => instantOf(lived, it));
  }

  function check(placed: PlacedText, reading: Omit<Reading, 'placed'>): void {
    wrong.push(...said(placed, reading));
  }

  function said(placed: PlacedText, reading: Omit<Reading, 'placed'>): string[] {
    const { place, text } = placed;
    const { at } = reading.instant;
    const key = `${Math.floor((at + 8 * 3_600_000) / DAY_MS)} ${place.endsWith('table')} ${text}`;
    const read = known.get(key) ?? readText(text, at, place.endsWith('table'));
    known.set(key, read);
    n += read.claims.length;
    const told =
      read.unread === null ? falseClaims(read.claims, { ...reading, placed }) : ['unread'];
    return told.map(
      (it) =>
        `${new Date(at + 8 * 3_600_000).toISOString().slice(5, 19)} ${place}: “${text}” ${it}`,
    );
  }

  /** It may have told what is void since, of which nothing is left. */
  function isVoid({ started_at, over_at }: IncidentThen): boolean {
    const [from, to] = [started_at - NEAR_MS, (over_at ?? started_at) + NEAR_MS];
    return lived.set_back.some(({ at }) => from <= at && at <= to);
  }

  /** Announced a day before. */
  function excusedBy(at: number) {
    return lived.windows
      .filter((it) => it.from - it.announced_at >= DAY_MS && it.from <= at)
      .map(({ components, from, to, until }) => ({ components, from, to: Math.min(to, until) }));
  }

  function windowThen(id: string | null, at: number): WindowThen | null {
    const window = lived.windows.find((it) => it.id === id);
    if (!window) return null;
    const ended_at = window.is_over && window.to <= at ? window.to : null;
    return { ...window, ended_at };
  }
}

function failsInAnother(
  { id, components: [own] }: ToldIncident,
  incidents: readonly ToldIncident[],
  { how }: Instant,
): boolean {
  const system = own?.id.split('.')[0];
  const others = incidents.filter((it) => it.id !== id && it.resolved_at === null);
  const failing = others.flatMap(({ components }) =>
    components.filter((it) => isDisturbed(how(it.id))),
  );
  return failing.some((it) => it.id.startsWith(`${system}.`));
}

function incidentThen(told: ToldIncident): IncidentThen {
  const over = told.monitoring_at ?? told.resolved_at;
  return {
    components: told.components.map(({ id }) => id),
    started_at: Date.parse(told.started_at),
    over_at: over === null ? null : Date.parse(over),
    fails_in_another: false,
  };
}

const IN_NO_OTHER = { fails_in_another: false };

/** Bodies of updates are rows of what went before: they are compared with what was so then. */
function isRow({ place, text }: PlacedText): boolean {
  return /^(feed|v2|calendar|page of )/.test(place) || / → /.test(text);
}

function incidentOf(
  { webhook, told_at, true_at }: Sent,
  read: readonly Read[],
): IncidentThen | null {
  const { incident, alert } = webhook.data;
  if (alert?.kind === 'state') {
    const { subject, since, resolved_at } = alert;
    const over_at = resolved_at === null ? null : Date.parse(resolved_at);
    return { components: [subject], started_at: Date.parse(since), over_at, ...IN_NO_OTHER };
  }
  if (!incident) return null;
  const { resolved_at } = incident;
  const is_over = resolved_at !== null && Date.parse(resolved_at) <= told_at;
  // A message does not say since when all was well that it calls over; it may open again later.
  const after = read.filter((it) => it.true_at >= true_at).flatMap((it) => it.incidents);
  const told = after.find((it) => it.id === incident.id && it.resolved_at === resolved_at);
  const over_at = told?.monitoring_at ?? resolved_at;
  return {
    components: incident.components,
    started_at: Date.parse(incident.started_at),
    over_at: is_over && over_at !== null ? Date.parse(over_at) : null,
    ...IN_NO_OTHER,
  };
}
