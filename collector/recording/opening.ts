import type { Gap } from '../../model/component.ts';
import type { ClockStep } from '../../probes/line/batch.ts';
import type { Recording } from '../../store/record.ts';
import { stepOfExpiry } from '../judging/clock.ts';
import { recordingsOfStart } from '../judging/own-trouble.ts';
import { type BatchJudging, judgeBatch, judgeGap } from './judge-batch.ts';

/** What a start has to record before all else. */
export interface Opening {
  /** The checks of the configuration, and what it has changed. */
  recording: Recording;
  /** Our own downtime before this start; null: none. */
  downtime: Gap | null;
  /** A step back of the wall clock before this start; null: none. */
  set_back: ClockStep | null;
}

/**
 * Judges a start into the first transaction that can be committed, however long after the start
 * that is: a disk that is full or a lock that is held must not keep anybody from measuring.
 */
export function judgeOpening(judging: BatchJudging, opening: Opening): void {
  const { draft, context } = judging;
  const { downtime, set_back } = opening;
  draft.add({ recording: opening.recording });
  const known_at = Math.min(context.live.heartbeat_at ?? context.now, context.now);
  for (const recording of recordingsOfStart(context, known_at)) draft.add({ recording });
  if (set_back !== null) {
    judgeBatch(judging, { results: [], gaps: [], steps: [set_back], conditions: [] });
    draft.add(stepOfExpiry(context.live, set_back.at));
  } else if (downtime !== null) {
    judgeGap(draft, context, downtime);
    draft.add({ recording: { heartbeat_at: downtime.to } });
  }
}
