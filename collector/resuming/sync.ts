import type { ComponentStatus } from '../../model/component.ts';
import { type Journey, journeyDelayMs } from '../../model/journey.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import { DAY, latest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { MeasuredComponent } from '../state/site.ts';
import type { SyncMemory } from '../state/sync-memory.ts';

/** Bounds the read of a huge database; more than is ever used. */
const MOST_ROWS = 200_000;

/** Restores the memory of a sync component from its journeys. */
export async function resumeSync(
  store: JourneyReads,
  { id: component, policy }: MeasuredComponent,
  status: ComponentStatus | undefined,
  waiting: readonly Journey[],
  now: EpochMs,
): Promise<SyncMemory> {
  const recent = await store.journeys({
    component,
    accepted_from: now - DAY,
    limit: MOST_ROWS,
  });
  const arrived = recent.filter((journey) => journey.state === 'arrived');
  const lost = await store.journeys({
    component,
    state: 'lost',
    accepted_from: now - 7 * DAY - policy.lost_after_ms,
    limit: MOST_ROWS,
  });
  return {
    waiting: new Map(waiting.map((journey) => [journey.id, journey])),
    last_answer: lastAnswer([...waiting, ...arrived]),
    // Observed since the state started, unless it is unknown.
    watched_since: !status || status.state === 'unknown' ? null : status.since,
    last_arrival_at: latest(arrived.map((journey) => journey.first_present_at ?? 0)),
    latest_arrived_acceptance_at: latest(arrived.map((journey) => journey.accepted_at)),
    accepted: recent.map((journey) => journey.accepted_at).sort((a, b) => a - b),
    arrivals: arrived
      .map((it) => ({
        at: it.first_present_at ?? 0,
        accepted_at: it.accepted_at,
        delay_ms: journeyDelayMs(it) ?? 0,
      }))
      .sort((a, b) => a.at - b.at),
    lost: lost.map((journey) => journey.accepted_at + policy.lost_after_ms),
  };
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
