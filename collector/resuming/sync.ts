import type { ComponentStatus, Note, Transition } from '../../model/component.ts';
import type { Journey } from '../../model/journey.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import { DAY, earliest, latest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { MeasuredComponent } from '../state/site.ts';
import { arrivalOf, latestArrived, type SyncMemory } from '../state/sync-memory.ts';

/** What was known of a sync. */
export interface KnownSync {
  status: ComponentStatus | undefined;
  /** Its last state that was not unknown, of the last day. */
  last_known: Pick<Transition, 'since' | 'notes'> | undefined;
}

/** Bounds the read of a huge database; more than is ever used. */
const MOST_ROWS = 200_000;

/** Restores the memory of a sync component from its journeys, and what was known of it. */
export async function resumeSync(
  store: JourneyReads & GapReads,
  { id: component, policy }: MeasuredComponent,
  { status, last_known }: KnownSync,
  waiting: readonly Journey[],
  now: EpochMs,
): Promise<SyncMemory> {
  const all = await store.journeys({
    component,
    accepted_from: now - Math.max(DAY, policy.lost_after_ms),
    limit: MOST_ROWS,
  });
  const recent = all.filter(({ state }) => state !== 'rejected' && state !== 'voided');
  const arrived = recent.filter(({ state }) => state === 'arrived');
  const gaps = await store.gaps(now - DAY, now);
  const lost = await store.journeys({
    component,
    state: 'lost',
    accepted_from: now - 7 * DAY - policy.lost_after_ms,
    limit: MOST_ROWS,
  });
  const last_arrival_at = latest(arrived.map((journey) => journey.first_present_at ?? 0));
  return {
    waiting: new Map(waiting.map((journey) => [journey.id, journey])),
    last_answer: lastAnswer([...waiting, ...arrived]),
    // Observed since the state started, unless it is unknown.
    watched_since: !status || status.state === 'unknown' ? null : status.since,
    ...stallOf(last_known, arrived),
    slow_since: says(status, 'sync_slow') ? (status?.since ?? null) : null,
    last_arrival_at,
    latest_arrived: latestArrived(arrived.map((journey) => journey.accepted_at)),
    accepted: recent.map((journey) => journey.accepted_at).sort((a, b) => a - b),
    arrivals: arrived.map((it) => arrivalOf(it, gaps)).sort((a, b) => a.at - b.at),
    lost: lost.map((journey) => journey.accepted_at + policy.lost_after_ms),
  };
}

/** What it went through when it was last known, and which invoices stood still. */
function stallOf(
  last_known: KnownSync['last_known'],
  arrived: readonly Journey[],
): Pick<SyncMemory, 'phase' | 'stall'> {
  const since = last_known?.since ?? 0;
  for (const note of last_known?.notes ?? []) {
    if (note.code === 'catching_up')
      return { phase: 'catching_up', stall: { from: note.accepted_from, to: since } };
    if (note.code !== 'stalled') continue;
    const later = arrived.flatMap(({ first_present_at: at }) => (at && at > since ? at : []));
    const to = earliest(later);
    const stall = { from: note.oldest_accepted_at, to };
    return { phase: to === null ? 'stalled' : 'catching_up', stall };
  }
  return { phase: null, stall: null };
}

function says(known: Pick<Transition, 'notes'> | undefined, code: Note['code']): boolean {
  return known?.notes.some((note) => note.code === code) ?? false;
}

function lastAnswer(journeys: readonly Journey[]): SyncMemory['last_answer'] {
  const last = journeys.reduce<Journey | null>(
    (best, it) => ((it.last_answered_at ?? 0) > (best?.last_answered_at ?? 0) ? it : best),
    null,
  );
  if (!last || last.last_answered_at === null) return null;
  const at = last.last_answered_at;
  return { at, next_distance_ms: lookDistanceMs(at - last.accepted_at) };
}
