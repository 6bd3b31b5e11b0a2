import type { Check, ScheduledCheck } from '../model/configuration.ts';
import type { Clock, Log } from '../model/ports.ts';
import type { Measurement, Result } from '../model/result.ts';
import type { SpecimenCopy } from '../model/specimen.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import { afterDeadlineMs, type LineRunner } from '../probes/line/line.ts';
import type { JudgedResult } from './judging/result.ts';
import type { Recorder } from './recorder.ts';
import { confirmingSlot } from './schedule/plan.ts';
import { settledWithin } from './settled-within.ts';

/** Runs checks when they are due and records their results. */
export interface CheckRuns {
  due(check: ScheduledCheck, slot_at: EpochMs): void;
  missed(check: ScheduledCheck, slot_at: EpochMs): void;
  /**
   * Starts no more runs and waits until pending ones are recorded, at most `limit_ms`. Later ones
   * are not recorded.
   */
  drain(limit_ms: number): Promise<void>;
}

export interface CheckRunsParts {
  line: Pick<LineRunner, 'run'>;
  recorder: Pick<Recorder, 'result' | 'missed'>;
  /** The learned files of a check. */
  knownFiles: (check: string) => readonly SpecimenCopy[];
  /** The next regular slot of a check after an instant. */
  nextSlotAfter: (check: string, at: EpochMs) => EpochMs;
  clock: Clock;
  log: Log;
}

export function createCheckRuns(parts: CheckRunsParts): CheckRuns {
  const { line, recorder, knownFiles, nextSlotAfter, clock, log } = parts;
  /** Pending runs: by check, the instants after which they count as hanging. */
  const running = new Map<string, Set<EpochMs>>();
  const unrecorded = new Set<Promise<void>>();
  const confirmations = new Map<string, NodeJS.Timeout>();
  let draining = false;
  let drained = false;

  return {
    due: (check, slot_at) => start(check, slot_at, false),
    missed: (check, slot_at) =>
      track(check, recorder.missed(notRun(check, slot_at, false, MISSED_SLOT))),
    async drain(limit_ms) {
      draining = true;
      for (const timer of confirmations.values()) clearTimeout(timer);
      await settledWithin([...unrecorded], limit_ms);
      drained = true;
    },
  };

  function start(check: ScheduledCheck, slot_at: EpochMs, confirming: boolean): void {
    if (draining) return;
    if (isHanging(check, slot_at))
      track(check, record(check, notRun(check, slot_at, confirming, OVERLAP)));
    else track(check, run(check, slot_at, confirming));
  }

  /**
   * A run past its deadline hangs, unless it may be judging a file. One within its deadline (a
   * confirming run shortly before a regular slot) does not: both run concurrently.
   */
  function isHanging(check: ScheduledCheck, slot_at: EpochMs): boolean {
    return [...(running.get(check.id) ?? [])].some((from) => from <= slot_at);
  }

  async function run(check: ScheduledCheck, slot_at: EpochMs, confirming: boolean): Promise<void> {
    const under_way = running.get(check.id) ?? new Set();
    running.set(check.id, under_way);
    const hangs_from = slot_at + check.deadline_ms + afterDeadlineMs(check.function);
    under_way.add(hangs_from);
    const measured = await line
      .run(check.id, slot_at, knownFiles(check.id))
      .finally(() => under_way.delete(hangs_from));
    await record(check, {
      ...measured,
      check: check.id,
      slot_at,
      confirming,
      simulated: false,
      proof: null,
    });
  }

  async function record(check: ScheduledCheck, result: Result): Promise<void> {
    if (drained) return;
    confirmFirstBad(check, await recorder.result(result));
  }

  /** Confirms bad results soon, until a random failure is told from an outage. */
  function confirmFirstBad(
    check: ScheduledCheck,
    { result, judgement, grade }: JudgedResult,
  ): void {
    const is_undecided = grade === 'bad' && judgement.verdict !== 'failing';
    if (!is_undecided || draining || confirmations.has(check.id)) return;
    const now = clock.now();
    const next_regular_at = nextSlotAfter(check.id, Math.max(result.slot_at, now));
    const slot_at = confirmingSlot({ bad_slot_at: result.slot_at, now, next_regular_at });
    if (slot_at === null) return;
    const timer = setTimeout(() => {
      confirmations.delete(check.id);
      start(check, slot_at, true);
    }, slot_at - now);
    confirmations.set(check.id, timer);
  }

  function track(check: Check, work: Promise<void>): void {
    const done = work
      .catch((err) => log.error({ err, check: check.id }, 'result not recorded'))
      .finally(() => unrecorded.delete(done));
    unrecorded.add(done);
  }
}

type NotRun = Pick<Measurement, 'outcome' | 'reason'>;
/**
 * The previous run still hangs: a user at this slot would have waited too (coordinated omission).
 */
const OVERLAP: NotRun = { outcome: 'timeout', reason: 'overlap' };
const MISSED_SLOT: NotRun = { outcome: 'self', reason: 'missed_slot' };

/** The result of a slot without a run. */
function notRun(check: ScheduledCheck, slot_at: EpochMs, confirming: boolean, why: NotRun): Result {
  return {
    check: check.id,
    slot_at,
    started_at: slot_at,
    duration_ms: 0,
    confirming,
    simulated: false,
    ...why,
    detail: null,
    notes: [],
    phases: {},
    bytes: 0,
    http_status: null,
    certificate_expires_at: null,
    integrity: null,
    file: null,
    accepted: null,
    contact: null,
    proof: null,
  };
}
