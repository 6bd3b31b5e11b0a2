import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Gap } from '../../../model/component.ts';
import { traceId } from '../../../model/run-identity.ts';
import type { Access } from '../../../simulators/access-log.ts';
import { openStore } from '../../../store/sqlite/open.ts';
import type { Injury } from '../injuring/injuries.ts';
import { replayedDifferences } from '../replayed.ts';
import { OWN_UPLOADS } from './load.ts';
import { brokenStories } from './stories.ts';
import type { TakenAlert, Witness } from './witness.ts';

/** A time in which something was wrong with us, as whoever did it knows. */
export interface Trouble {
  from: number;
  to: number;
  /**
   * `down`: nothing was measured or recorded; `restart`: the same, from a regular stop on; `full`:
   * nothing could be recorded; `aside`: neither measuring nor recording was hurt.
   */
  kind: 'down' | 'restart' | 'full' | 'aside';
}

export interface KillReport {
  struck: Injury[];
  /** Those whose step did not come in time. */
  in_vain: Injury[];
  /** Why no disk was filled; null: any could be. */
  disk_refusal: string | null;
  /** Runs and looks that ended well before any trouble; acknowledged events, drafts, deliveries. */
  acknowledged: number;
  lost: string[];
  twice: string[];
  /** Holes in the slots of a check that neither a gap nor a short restart explains. */
  holes: string[];
  /** What the operators' receiver was told out of order, without a beginning, or twice. */
  broken: string[];
  /** Where the same judge says something else of the results. */
  differences: string[];
  problems: string[];
}

export interface CompareParts extends Pick<KillReport, 'struck' | 'in_vain' | 'disk_refusal'> {
  path: string;
  config: string;
  /** The secrets that the configuration names. */
  env: Record<string, string>;
  access_log: string;
  witness: Witness;
  troubles: readonly Trouble[];
}

/** No gap is under 10 s after a restart, counted from where recording ended. */
const SHORTEST_GAP_MS = 10_000;
/**
 * A run is recorded this long after its last answer: a fraction of it on an idle machine, several
 * seconds where five installations start beside it. What was lost of longer ago lies in a gap.
 */
const SETTLED_MS = SHORTEST_GAP_MS;
/** On a busy machine the line's first slots come this long after it says that it runs. */
const FIRST_SLOT_MS = 3_000;
const SLOT_MS = 1_000;
const LOSING: readonly Gap['cause'][] = ['restart', 'disk', 'lock'];
const TOLERANCE_MS = 1_500;
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 10_000_000 };

export async function compare(parts: CompareParts): Promise<KillReport> {
  const { path, config, env, access_log, witness, troubles } = parts;
  const { struck, in_vain, disk_refusal } = parts;
  const store = await openStore({ path });
  const installation = await store.installation();
  const results = await store.results(ALL);
  const own_results = await store.ownResults({ ...ALL, check: OWN_UPLOADS });
  const journeys = await store.journeys({ limit: ALL.limit });
  const maintenances = await store.maintenances({ limit: ALL.limit });
  const gaps = await store.gaps(0, ALL.to);
  const problems = await store.integrityProblems();
  await store.close();

  const runs = countBy(
    [...results, ...looksOf(path)].map(({ check, slot_at }) =>
      traceId({ installation, check, slot_at }),
    ),
  );
  const ended = lastAnswers(access_log);
  const settled = settledRuns(ended, troubles, gaps);
  const numbers = countBy(journeys.flatMap(({ number }) => number ?? []));
  const drafts = countBy(maintenances.map(({ id }) => id));
  const deliveries = deliveryRows(path);
  const taken = witness.deliveries();
  const direct = directlyTold(taken, deliveries.alerts);
  const recorded = [...taken.keys()].filter((id) => !direct.has(id));
  const told = new Set([...direct.values()].map(({ subject }) => subject));
  const sent = deliveries.sent.filter(({ kind, subject }) => kind !== 'own' || !told.has(subject));
  const expected: [string, Iterable<string>, ReadonlyMap<string, number>][] = [
    ['run', settled, runs],
    ['event', witness.events, numbers],
    ['own result', witness.durations, countBy(own_results.map((it) => String(it.duration_ms)))],
    ['draft', witness.maintenances, drafts],
    ['delivery', recorded, deliveries.all],
    ['delivery said to be sent', sent.map(({ id }) => id), countBy([...taken.keys()])],
  ];
  return {
    struck,
    in_vain,
    disk_refusal,
    acknowledged: expected.reduce((sum, [, keys]) => sum + [...keys].length, 0),
    lost: expected.flatMap(([what, keys, found]) =>
      [...keys]
        .filter((key) => !found.has(key))
        .map((key) => `${what} ${key}${answeredText(ended.get(key), troubles)}`),
    ),
    twice: expected.flatMap(([what, , found]) =>
      [...found].filter(([, count]) => count > 1).map(([key]) => `${what} ${key}`),
    ),
    holes: holesOf(results, gaps, troubles),
    broken: brokenStories(witness.messages()),
    differences: await replayedDifferences({ path, config, env }),
    problems,
  };
}

/** Everything that must not be. */
export function wrongIn(report: KillReport): string[] {
  const { lost, twice, holes, broken, differences, problems } = report;
  return [...lost, ...twice, ...holes, ...broken, ...differences, ...problems];
}

/** By trace: when the last answer of a run was given. */
function lastAnswers(access_log: string): Map<string, number> {
  const last = new Map<string, number>();
  for (const line of readFileSync(access_log, 'utf8').split('\n')) {
    if (line === '') continue;
    const { trace_id, ended_at } = JSON.parse(line) as Access;
    if (trace_id !== null) last.set(trace_id, ended_at);
  }
  return last;
}

/** When, and the trouble after it. */
function answeredText(at: number | undefined, troubles: readonly Trouble[]): string {
  if (at === undefined) return '';
  const next = troubles.find(({ from }) => from > at);
  const then = next === undefined ? '' : ` before ${next.kind} ${spanText(next)}`;
  return ` answered at ${new Date(at).toISOString()}${then}`;
}

/**
 * Traces of runs whose last answer was neither in a trouble of ours nor just before one, nor in a
 * gap: what was not recorded yet when a process was killed is said to be lost.
 */
function settledRuns(
  ended: ReadonlyMap<string, number>,
  troubles: readonly Trouble[],
  gaps: readonly Gap[],
): string[] {
  const hurt = [
    ...troubles.filter(({ kind }) => kind !== 'aside'),
    ...gaps.filter(({ cause }) => LOSING.includes(cause)),
  ];
  const last_trouble = Math.max(...troubles.map(({ to }) => to));
  return [...ended]
    .filter(([, at]) => at < last_trouble)
    .filter(([, at]) => !hurt.some(({ from, to }) => at >= from - SETTLED_MS && at <= to + SLOT_MS))
    .map(([trace]) => trace);
}

/** Looks, named as their traces are. */
function looksOf(path: string): { check: string; slot_at: number }[] {
  const handle = new Database(path, { readonly: true });
  const select = 'select journey as "check", started_at as slot_at from look';
  const rows = handle.prepare<[], { check: string; slot_at: number }>(select).all();
  handle.close();
  return rows;
}

/** A delivery to an operator by webhook that is said to be sent, and what it is about. */
interface SentDelivery {
  id: string;
  kind: string;
  subject: string;
}

/** Ids of all deliveries to operators by webhook and of all alerts, and the deliveries sent. */
function deliveryRows(path: string) {
  const handle = new Database(path, { readonly: true });
  const ids = (select: string) => handle.prepare<[], { id: string }>(select).all();
  const all = ids("select id from delivery where channel = 'webhook'");
  const alerts = ids('select id from alert');
  const sent = handle
    .prepare<[], SentDelivery>(
      `select delivery.id, alert.kind, alert.subject from delivery
       join notice on notice.id = delivery.notice
       join alert on alert.id = notice.ref
       where delivery.channel = 'webhook' and delivery.status = 'sent'`,
    )
    .all();
  handle.close();
  return {
    all: countBy(all.map(({ id }) => id)),
    alerts: new Set(alerts.map(({ id }) => id)),
    sent,
  };
}

/**
 * Own trouble that the notifier tells of without the database, which may be what ails: no row has
 * it, and whoever was told so is not told again by one.
 */
function directlyTold(
  taken: ReadonlyMap<string, TakenAlert>,
  alerts: ReadonlySet<string>,
): Map<string, TakenAlert> {
  return new Map([...taken].filter(([, { id, kind }]) => kind === 'own' && !alerts.has(id)));
}

function holesOf(
  results: readonly { check: string; slot_at: number }[],
  gaps: readonly Gap[],
  troubles: readonly Trouble[],
): string[] {
  const holes: string[] = [];
  for (const [check, own] of Map.groupBy(results, (result) => result.check)) {
    const slots = own.map(({ slot_at }) => slot_at).toSorted((a, b) => a - b);
    for (const [index, to] of slots.entries()) {
      const from = slots[index - 1] ?? to;
      if (to - from <= SLOT_MS + TOLERANCE_MS || isExplained(from, to)) continue;
      const around = [...troubles, ...gaps.map((gap) => ({ ...gap, kind: `gap ${gap.cause}` }))]
        .filter((it) => it.from < to && it.to > from)
        .map((it) => `${it.kind} ${spanText(it)}`);
      holes.push(`${check}: ${spanText({ from, to })} (${around.join(', ')})`);
    }
  }
  return holes;

  /** By gaps; what is left of it is short, and of a restart. */
  function isExplained(from: number, to: number): boolean {
    return uncovered(from, to).every((rest) => {
      const around = troubles.filter((it) => it.from < rest.to && it.to > rest.from);
      const kinds = around.map(({ kind }) => kind);
      const is_ours = kinds.includes('down') || kinds.includes('restart');
      return is_ours && rest.to - rest.from < SHORTEST_GAP_MS + TOLERANCE_MS;
    });
  }

  /** What no gap covers of the time after a slot until the next one that was attended to. */
  function uncovered(from: number, to: number): { from: number; to: number }[] {
    const rests: { from: number; to: number }[] = [];
    let reached = from + SLOT_MS;
    const rest = (until: number) => {
      if (until - reached > TOLERANCE_MS) rests.push({ from: reached, to: until });
    };
    for (const gap of gaps.toSorted((a, b) => a.from - b.from)) {
      const ends_at = gap.to + (gap.cause === 'restart' ? FIRST_SLOT_MS : 0);
      if (ends_at <= reached || gap.from >= to) continue;
      rest(gap.from);
      reached = Math.max(reached, ends_at);
    }
    rest(to - SLOT_MS);
    return rests;
  }
}

function spanText({ from, to }: { from: number; to: number }): string {
  return `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`;
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
