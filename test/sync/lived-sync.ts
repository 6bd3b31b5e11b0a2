import { journeyAfterLook } from '../../collector/judging/journey.ts';
import { judgeSyncComponent } from '../../collector/judging/sync.ts';
import { advance } from '../../collector/state/live-state.ts';
import type { MeasuredComponent } from '../../collector/state/site.ts';
import { emptySyncMemory, withJourney, withLooks } from '../../collector/state/sync-memory.ts';
import type { ComponentStatus, Note } from '../../model/component.ts';
import type { Policy } from '../../model/configuration.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { configuration } from '../collector/configuration.ts';
import { judgedSite } from '../collector/judged-site.ts';
import { journey } from '../model/builders.ts';
import type { Invoice } from './invoices.ts';

/** A state that was told, since when, and when it was known. */
export interface ToldSync {
  state: ComponentStatus['state'];
  notes: Note['code'][];
  since: number;
  known_at: number;
}

export interface LivedSync {
  invoices: readonly Invoice[];
  policy?: Partial<Policy>;
  usual?: UsualOfSync;
  /** Times in which nobody looks. */
  away?: readonly { from: number; to: number }[];
  until: number;
  /** The first judgement; from the first invoice on unless given. */
  judged_from?: number;
  /** Between looks at an invoice; by its age unless given. */
  look_ms?: number;
  /** After each judgement, with the acceptances of those that wait. */
  seen?: (status: ComponentStatus, now: number, waiting: readonly number[]) => void;
}

/** What is usual of a sync, in ms. */
export interface UsualOfSync {
  median_ms: number;
  p99_ms: number | null;
  apart_ms: number | null;
}

const BUREAU = 'bureau.sync';
const UNKNOWN_POLICY = { slow_wait_ms: null, overdue_after_ms: null, stalled_after_ms: null };

/** The distance between looks at an invoice of that age, as docs/judging.md says (SYNC-1). */
function lookDistance(age_ms: number): number {
  return Math.min(10 * MINUTE, Math.max(5 * SECOND, age_ms / 10));
}

/**
 * What is told of a sync through which these invoices go, looked for as docs/judging.md says, and
 * judged at each look and each minute.
 */
export function liveSync(given: LivedSync): ToldSync[] {
  const { invoices, away = [], until, judged_from = 0, look_ms, seen } = given;
  const { site, live } = judgedSite(configuration());
  const measured = site.components.get(BUREAU);
  if (!measured) throw new Error('no sync');
  const component: MeasuredComponent = {
    ...measured,
    policy: { ...measured.policy, ...UNKNOWN_POLICY, slow_over_ms: 60 * MINUTE, ...given.policy },
  };
  if (given.usual) {
    const always = { from: 0, to: Number.MAX_SAFE_INTEGER };
    const usual = { check: 'bureau-sync', ...always, ...given.usual, hours: 'same' } as const;
    live.usual = new Map([['bureau-sync', [usual]]]);
  }
  const told: ToldSync[] = [];
  const arrivals = new Map<string, number>();
  let memory = emptySyncMemory();
  const queue = createQueue();
  for (const [n, invoice] of invoices.entries())
    queue.add(invoice.accepted_at, () => accept(n, invoice));
  const first = invoices[0]?.accepted_at ?? until;
  for (let at = first; at < until; at += MINUTE) queue.add(at, () => judge(at));
  queue.run(until);
  judge(until);
  return told;

  function accept(n: number, { accepted_at, arrives_at }: Invoice): void {
    const id = `i${n}`;
    arrivals.set(id, arrives_at ?? Number.POSITIVE_INFINITY);
    const waits = journey(accepted_at, { id, component: BUREAU, check: 'bureau-sync' });
    memory = withJourney(memory, waits);
    plan(id, accepted_at, accepted_at);
    judge(accepted_at);
  }

  function plan(id: string, accepted_at: number, at: number): void {
    const look_at = Math.round(at + (look_ms ?? lookDistance(at - accepted_at)));
    const pause = away.find(({ from, to }) => from <= look_at && look_at < to);
    const free_at = pause ? pause.to : look_at;
    queue.add(free_at, () => look(id, free_at));
  }

  function look(id: string, at: number): void {
    const before = memory.waiting.get(id);
    if (!before) return;
    const is_there = (arrivals.get(id) ?? Number.POSITIVE_INFINITY) <= at;
    const finding = is_there ? 'found' : 'absent';
    const after = journeyAfterLook(before, { ...LOOK, started_at: at, finding });
    const gaps = away.map((it) => ({ ...it, cause: 'restart' as const }));
    memory = withLooks(memory, [{ journey: after, finding, gaps }]);
    if (!is_there) plan(id, before.accepted_at, at);
    judge(at);
  }

  function judge(now: number): void {
    if (now < judged_from || away.some(({ from, to }) => from <= now && now < to)) return;
    const { change, memory: after } = judgeSyncComponent({ live, now }, component, memory);
    memory = after;
    const { since } = change.states?.at(-1) ?? change.before;
    advance(live, { recording: { components: [{ ...change.after, since }] } });
    for (const { to, since, notes } of change.states ?? [])
      told.push({ state: to, notes: notes.map(({ code }) => code), since, known_at: now });
    seen?.(
      change.after,
      now,
      [...memory.waiting.values()].map((it) => it.accepted_at),
    );
  }
}

const LOOK = { duration_ms: 0, outcome: 'ok', reason: null, detail: null } as const;

/** Things to do, each at its instant, in the order of these. */
function createQueue() {
  const heap: { at: number; happen: () => void }[] = [];

  return {
    add(at: number, happen: () => void): void {
      heap.push({ at, happen });
      for (let i = heap.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (!swapIfSooner(i, parent)) break;
        i = parent;
      }
    },
    run(until: number): void {
      for (let next = take(); next !== null && next.at < until; next = take()) next.happen();
    },
  };

  function take() {
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last) return null;
    if (heap.length === 0) return first;
    heap[0] = last;
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      if (left >= heap.length) return first;
      const is_right = right < heap.length && (heap[right]?.at ?? 0) < (heap[left]?.at ?? 0);
      const child = is_right ? right : left;
      if (!swapIfSooner(child, i)) return first;
      i = child;
    }
  }

  function swapIfSooner(child: number, parent: number): boolean {
    const [a, b] = [heap[child], heap[parent]];
    if (!a || !b || a.at >= b.at) return false;
    [heap[child], heap[parent]] = [b, a];
    return true;
  }
}

/** What is usual by the truth, of so many days before. */
export function usualOf(invoices: readonly Invoice[]): UsualOfSync {
  const seen = invoices
    .flatMap(({ accepted_at, arrives_at }) => {
      if (arrives_at === null) return [];
      const delay_ms = arrives_at - accepted_at;
      return { accepted_at, delay_ms: delay_ms + lookDistance(delay_ms), at: arrives_at };
    })
    .sort((a, b) => a.at - b.at);
  const delays = seen.map(({ delay_ms }) => delay_ms).sort((a, b) => a - b);
  // How long the next one had waited since the last.
  const apart = seen.slice(1).map(({ at, accepted_at }, i) => {
    return at - Math.max(seen[i]?.at ?? at, accepted_at);
  });
  const distances = apart.filter((ms) => ms >= MINUTE).sort((a, b) => a - b);
  const at = (sorted: number[], q: number) => sorted[Math.ceil(q * sorted.length) - 1] ?? 0;
  return {
    median_ms: at(delays, 0.5),
    p99_ms: delays.length >= 200 ? at(delays, 0.99) : null,
    apart_ms: distances.length >= 20 ? at(distances, 0.95) : null,
  };
}
