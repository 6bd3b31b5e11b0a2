import type { ComponentStatus } from '../../model/component.ts';
import type { Journey } from '../../model/journey.ts';
import { lookDistanceMs } from '../../model/judge/sync.ts';
import type { SyncCourse } from '../../model/sync-course.ts';
import { DAY, latest } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { GapReads } from '../../store/ports/gaps.ts';
import type { JourneyReads } from '../../store/ports/journeys.ts';
import type { MeasuredComponent } from '../state/site.ts';
import { arrivalOf, latestArrived, NO_COURSE, type SyncMemory } from '../state/sync-memory.ts';

/** Bounds the read of a huge database; more than is ever used. */
const MOST_ROWS = 200_000;

/** Restores the memory of a sync component from its status and its journeys. */
export async function resumeSync(
  store: JourneyReads & GapReads,
  { id: component, policy }: MeasuredComponent,
  status: ComponentStatus | undefined,
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
  // The last arrival may be of longer ago than what is read; all accepted up to the watermark came.
  const { last_arrival_at = null, watermark_at = null } = status?.sync ?? {};
  const accepted_at = arrived.map((journey) => journey.accepted_at);
  return {
    ...courseSoFar(status),
    waiting: new Map(waiting.map((journey) => [journey.id, journey])),
    last_answer: lastAnswer([...waiting, ...all]) ?? answerOf(status),
    last_arrival_at: latest([last_arrival_at, ...arrived.map((it) => it.first_present_at)]),
    latest_arrived: latestArrived(
      accepted_at.length === 0 && watermark_at !== null ? [watermark_at] : accepted_at,
    ),
    accepted: recent.map((journey) => journey.accepted_at).sort((a, b) => a - b),
    arrivals: arrived.map((it) => arrivalOf(it, gaps)).sort((a, b) => a.at - b.at),
    lost: lost.map((journey) => journey.accepted_at + policy.lost_after_ms),
    told_at: null,
  };
}

/** Rows of earlier versions have none: observed since the state began, unless it is unknown. */
function courseSoFar(status: ComponentStatus | undefined): SyncCourse {
  if (status?.course) return status.course;
  const is_known = status !== undefined && status.state !== 'unknown';
  return { ...NO_COURSE, watched_since: is_known ? status.since : null };
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

/** Of a journey that is not read any more, so that no other look at it is due. */
function answerOf(status: ComponentStatus | undefined): SyncMemory['last_answer'] {
  const at = status?.measured_at ?? null;
  return at === null ? null : { at, next_distance_ms: lookDistanceMs(0) };
}
