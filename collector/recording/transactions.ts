import { ownSubject } from '../../model/own-trouble.ts';
import type { Clock, Log } from '../../model/ports.ts';
import { SECOND } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Recording, RecordWrites } from '../../store/record.ts';
import type { JudgingContext } from '../judging/evaluation.ts';
import { recordingOfPast } from '../judging/own-trouble.ts';
import type { StageTook } from '../judging/reached.ts';
import type { JudgedResult } from '../judging/result.ts';
import type { LiveState } from '../state/live-state.ts';
import type { Site } from '../state/site.ts';
import { conclude } from './conclude.ts';
import { type Draft, NOTHING_UNTOLD, openDraft } from './draft.ts';
import { judgeLapsed } from './judge-batch.ts';
import { type Outage, outageFrom, Unrecordable } from './outage.ts';

/** Commits what is judged, one transaction at a time, and knows when that is impossible. */
export interface Transactions {
  /**
   * Runs the event after all earlier ones; a failure does not stop the next.
   */
  inOrder<T>(event: () => Promise<T>): Promise<T>;
  /**
   * Judges and commits, within `inOrder`, with what follows of it for incidents and alerts. When
   * that fails, it rejects, and the live state is as it was before.
   */
  transact(judge: Judge, how?: How): Promise<void>;
  /** The same, but rejects with `Unrecordable` at once during an outage. */
  transactNow(judge: Judge, how?: How): Promise<void>;
  /**
   * What this start has to record goes before all else, in the first transaction that can be
   * committed; tries it. Resolves although nothing can be recorded yet.
   */
  open(opening: Judge): Promise<void>;
  outage(): Outage | null;
  /** Time since the last commit, by the monotonic clock. */
  silentMs(): number;
  /** The wall clock was set back by so much: so was everything that is dated by it. */
  setBack(by_ms: number): void;
}

type Judge = (draft: Draft, context: JudgingContext) => void;

export interface How {
  /** Incidents and alerts of all systems are looked at, also where nothing was judged. */
  is_look?: boolean;
  /**
   * More of the same time is judged at once: people are told of what is known with it, not of what
   * may be over by then.
   */
  is_part?: boolean;
}

/** Receives what was committed. */
export interface RecordObserver {
  committed(recording: Recording, duration_ms: number): void;
  judged(judged: JudgedResult): void;
  /** Stages that events told of, after their commit. */
  reached?(stages: readonly StageTook[]): void;
  /** Results dropped because nothing could be recorded for too long. */
  dropped(count: number): void;
}

export interface TransactionsParts {
  store: RecordWrites;
  site: Site;
  live: LiveState;
  newId: () => string;
  clock: Clock;
  log: Log;
  observer: RecordObserver;
}

/** For so long people wait for what is told, while more is judged. */
const MOST_UNTOLD_MS = 10 * SECOND;
/** The end of a gap may be off by so much. */
const LENGTHEN_FROM_MS = 500;

export function createTransactions(parts: TransactionsParts): Transactions {
  const { store, site, live, newId, clock, log, observer } = parts;
  let last: Promise<unknown> = Promise.resolve();
  let outage: Outage | null = null;
  let untold = NOTHING_UNTOLD;
  /** By the monotonic clock, while there is any. */
  let untold_from = 0;
  let opening: Judge | null = null;
  let committed_at: EpochMs = live.heartbeat_at ?? clock.now();
  let committed = clock.monotonic();

  return {
    inOrder(event) {
      const done = last.then(event);
      last = done.catch(() => undefined);
      return done;
    },
    transact,
    async transactNow(judge, how) {
      if (outage !== null) throw new Unrecordable(outage);
      await transact(judge, how);
    },
    async open(judge) {
      opening = judge;
      // What was not recorded before is our downtime, which the opening tells of.
      committed_at = clock.now();
      await transact(() => {}).catch((err) => {
        if (outage === null) throw err;
      });
    },
    outage: () => outage,
    silentMs: () => clock.monotonic() - committed,
    setBack(by_ms) {
      committed_at -= by_ms;
      if (outage !== null) outage = { ...outage, since: outage.since - by_ms };
    },
  };

  async function transact(judge: Judge, how: How = {}): Promise<void> {
    const started = clock.monotonic();
    const draft = openDraft(live, untold);
    const before = outage;
    try {
      // Everything in it is of one instant.
      const at = context();
      opening?.(draft, at);
      if (before) endOutage(draft, before, at);
      judge(draft, at);
      const waits_ms = untold === NOTHING_UNTOLD ? 0 : started - untold_from;
      const is_part = how.is_part === true && waits_ms < MOST_UNTOLD_MS;
      if (!is_part) {
        judgeLapsed(draft, at);
        conclude(draft, at, how.is_look ?? false);
      }
      const recording = draft.recording();
      if (recording === null) return;
      await store.record(recording);
      if (!is_part) untold = NOTHING_UNTOLD;
      else {
        if (untold === NOTHING_UNTOLD) untold_from = started;
        untold = draft.before;
      }
      noteCommit(recording, clock.monotonic() - started);
    } catch (err) {
      draft.takeBack();
      noteFailure(err);
      throw err;
    }
    if (before && committed - started >= LENGTHEN_FROM_MS) await lengthen(before);
    for (const judged of draft.results) observe(() => observer.judged(judged));
  }

  /** What is committed stays committed, whatever those think who are told of it. */
  function observe(tell: () => void): void {
    try {
      tell();
    } catch (err) {
      log.error({ err }, 'observing a recording failed');
    }
  }

  /** The first good commit after an outage writes gap and trouble, known to what it judges. */
  function endOutage(draft: Draft, { cause, since: from, detail }: Outage, at: JudgingContext) {
    const { now: to } = at;
    draft.add({ recording: { gaps: [{ from, to, cause }] } });
    const trouble = { kind: cause, line: null, since: from, until: to, detail } as const;
    draft.add({ recording: recordingOfPast(at, trouble) });
  }

  /**
   * The store may have tried for seconds: what it wrote then ends when it was made, not when it was
   * written.
   */
  async function lengthen({ cause, since: from, detail }: Outage): Promise<void> {
    const trouble = { kind: cause, line: null, since: from, until: committed_at, detail } as const;
    const gaps = [{ from, to: committed_at, cause }];
    const is_part = live.own_troubles.has(ownSubject(trouble));
    await store
      .record({ gaps, own_troubles: is_part ? [] : [trouble] })
      .catch((err) => log.warn({ err }, 'the end of a gap is not exact'));
  }

  function noteCommit(recording: Recording, duration_ms: number): void {
    if (outage !== null) log.warn({ since: outage.since }, 'recording works again');
    outage = null;
    opening = null;
    committed_at = clock.now();
    committed = clock.monotonic();
    observe(() => observer.committed(recording, duration_ms));
  }

  function noteFailure(err: unknown): void {
    const found = outageFrom(err, outage?.since ?? committed_at);
    if (found === null) return;
    if (outage === null) log.error({ err, since: found.since }, 'nothing can be recorded');
    outage = found;
  }

  function context(): JudgingContext {
    return { site, live, now: clock.now(), newId };
  }
}
