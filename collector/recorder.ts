import type { AskedDomain } from '../model/domain.ts';
import type { InvoiceEvent } from '../model/event.ts';
import type { Journey } from '../model/journey.ts';
import { NUMBERS } from '../model/numbers.ts';
import { MINUTE } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { LineBatch } from '../probes/line/batch.ts';
import type { CarriedClock } from '../probes/line/watch/wall-clock.ts';
import type { EventReads } from '../store/ports/events.ts';
import type { JourneyReads } from '../store/ports/journeys.ts';
import { type MaintenanceReads, StaleMaintenance } from '../store/ports/maintenances.ts';
import type { ReachedStageReads } from '../store/ports/reached-stages.ts';
import type { RecordWrites } from '../store/record.ts';
import { recordingOfDomain } from './judging/domains.ts';
import type { JudgingContext } from './judging/evaluation.ts';
import { componentsToldOf, evaluateEvents, firstOccurrences } from './judging/events.ts';
import type { LookReport } from './judging/journey.ts';
import { journeysNamed } from './judging/named.ts';
import { ownResultsOf } from './judging/own-traffic.ts';
import {
  type CallbackCondition,
  type OwnCondition,
  recordingOfCallback,
  recordingOfOwn,
} from './judging/own-trouble.ts';
import { type StageTook, stagesReached } from './judging/reached.ts';
import { stepOf } from './judging/step.ts';
import { comparedWithSubmitted, type Installation } from './judging/submitted.ts';
import { stepOfTime } from './judging/time.ts';
import { createBatches, yieldToOthers } from './recording/batches.ts';
import type { Draft } from './recording/draft.ts';
import { judgeLapse } from './recording/judge-batch.ts';
import { judgeOwnResults, judgeTrafficDue } from './recording/judge-traffic.ts';
import { HEARTBEAT_MS, MAINTENANCES_TO_ADVANCE } from './recording/limits.ts';
import { createLooks } from './recording/looks.ts';
import { judgeOpening, type Opening } from './recording/opening.ts';
import { type Outage, Unrecordable } from './recording/outage.ts';
import { createOwnClock } from './recording/own-clock.ts';
import { judgeLeft, type LeftStore, takeLeft } from './recording/set-back.ts';
import { createTransactions, type TransactionsParts } from './recording/transactions.ts';
import { keptFrom } from './state/live-state.ts';
import { lastUnseen } from './state/unseen.ts';

/** Records all events in their order, each in one transaction. */
export interface Recorder {
  /** Runs between two transactions: the observer has been told of all that is committed then. */
  inOrder<T>(event: () => Promise<T>): Promise<T>;
  /**
   * Records a batch of a line in one transaction, together with those that wait. Resolves when it
   * is committed. While nothing can be recorded it waits, in bounded memory; what is dropped lies
   * in the gap that the first good commit writes.
   */
  batch(batch: LineBatch): Promise<void>;
  /** A look at a journey. Ignored if the journey is no longer waiting. */
  look(looked: Pick<Journey, 'id' | 'check'>, report: LookReport): Promise<void>;
  /**
   * Events of a company's own traffic that came together: people are told of what is known with the
   * last of them. Resolves after the commit to whether each is new; known events are ignored.
   * Rejects with `Unrecordable` at once while nothing can be recorded.
   */
  events(events: readonly InvoiceEvent[]): Promise<boolean[]>;
  /** What is known of a domain, asked for just now. Rejects while nothing can be recorded. */
  domain(domain: AskedDomain): Promise<void>;
  /** Trouble of our own that others found. */
  condition(condition: OwnCondition): Promise<void>;
  /** Whether what a callback tells can be used. Rejects while nothing can be recorded. */
  callback(condition: CallbackCondition): Promise<void>;
  /** Applies the effects of time, and the heartbeat when due. To be called every second. */
  time(): Promise<void>;
  /**
   * What this start has to record before all else. Resolves although nothing can be recorded: it is
   * then with the first good commit.
   */
  open(opening: Opening): Promise<void>;
  /** Since when nothing can be recorded, and why; null: everything is. */
  outage(): Outage | null;
  /** Number of results that wait to be recorded. */
  waiting(): number;
  /** Time since the last commit, by the monotonic clock. */
  silentMs(): number;
  /** Records all pending events, and as the last heartbeat until when it was measured. */
  stop(measured_until: EpochMs): Promise<void>;
}

export interface RecorderParts extends TransactionsParts, Installation {
  store: RecordWrites &
    EventReads &
    JourneyReads &
    MaintenanceReads &
    ReachedStageReads &
    LeftStore;
  clock: CarriedClock;
  most_waiting_results?: number;
}

/** Events per transaction: a few ms each. */
const EVENTS_AT_ONCE = 100;
/** What is left after a step back is judged at most this often. */
const JUDGED_EVERY_MS = MINUTE;

export function createRecorder(parts: RecorderParts): Recorder {
  const { store, site, live, installation, clock, log } = parts;
  const transactions = createTransactions(parts);
  const { inOrder, transact, transactNow } = transactions;
  const own_clock = createOwnClock(clock);
  const looks = createLooks(transactions, site);
  const batches = createBatches({ ...parts, transactions, own_clock });
  let heartbeat: number | null = null;
  let judge_set_back_at = 0;

  return {
    inOrder,
    batch: (batch) => batches.add(own_clock.news(batch)),
    look: looks.add,
    events: (events) => recordable(() => recordEvents(events)),
    domain: (domain) =>
      recordable(() =>
        transactNow((draft, context) =>
          draft.add({ recording: recordingOfDomain(context, domain) }),
        ),
      ),
    condition: (condition) => inOrder(() => recordCondition(condition)),
    callback: (condition) =>
      recordable(() =>
        transactNow((draft, context) =>
          draft.add({ recording: recordingOfCallback(context, condition) }),
        ),
      ),
    time: () => inOrder(recordTime),
    open: (opening) => inOrder(() => recordOpening(opening)),
    outage: transactions.outage,
    waiting: batches.waiting,
    silentMs: transactions.silentMs,
    stop: (measured_until) =>
      inOrder(async () => {
        await batches.record();
        await recordHeartbeat(measured_until).catch((err) =>
          log.error({ err }, 'the last heartbeat is lost'),
        );
      }),
  };

  /** In its order, unless nothing can be recorded: nobody waits for that. */
  async function recordable<T>(event: () => Promise<T>): Promise<T> {
    const outage = transactions.outage();
    if (outage !== null) throw new Unrecordable(outage);
    return await inOrder(event);
  }

  async function recordEvents(events: readonly InvoiceEvent[]): Promise<boolean[]> {
    const is_new: boolean[] = [];
    for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
      const to = from + EVENTS_AT_ONCE;
      const is_part = to < events.length;
      const is_begun = is_new.includes(true);
      is_new.push(...(await recordSome(events.slice(from, to), { is_part, is_begun })));
      if (is_part) await yieldToOthers();
    }
    return is_new;
  }

  async function recordSome(
    events: readonly InvoiceEvent[],
    { is_part, is_begun }: { is_part: boolean; is_begun: boolean },
  ): Promise<boolean[]> {
    const is_new = firstOccurrences(events, await store.knownEvents(events.map(({ id }) => id)));
    const fresh = events.filter((_, index) => is_new[index]);
    // The last of them tells of those before, also if it brings nothing itself.
    if (fresh.length === 0 && (is_part || !is_begun)) return is_new;
    const ids = journeysNamed(parts, fresh);
    const known = await store.journeys({ ids, limit: ids.length });
    const compared = comparedWithSubmitted(site, fresh, parts, known);
    const known_by_id = new Map(known.map((it) => [it.id, it]));
    const stages = await store.reachedStages(ids);
    const took: StageTook[] = [];
    await transactNow(
      (draft, context) => {
        for (const component of componentsToldOf(context, fresh))
          judgeLapse(draft, context, { component, at: context.now });
        draft.add(stepOf(context, evaluateEvents(context, fresh, parts, known_by_id)));
        judgeOwnResults(draft, context, ownResultsOf(context, compared));
        const gaps = lastUnseen(context.live);
        const told = stagesReached(parts, fresh, { journeys: known, stages, gaps });
        took.push(...told.took);
        const received = fresh.map(({ id }) => ({ id, received_at: context.now }));
        draft.add({ recording: { events: received, reached_stages: told.reached } });
      },
      { is_part },
    );
    if (took.length > 0) parts.observer.reached?.(took);
    return is_new;
  }

  async function recordCondition(condition: OwnCondition): Promise<void> {
    await transactNow((draft, context) =>
      draft.add({ recording: recordingOfOwn(context, condition) }),
    );
  }

  async function recordTime(): Promise<void> {
    await recordUntold();
    if (transactions.outage() !== null) return await recordAgain();
    await judgeSetBack();
    // Administrators may have changed them in another process.
    live.maintenances = await store.maintenances(MAINTENANCES_TO_ADVANCE);
    try {
      await transact(
        (draft, context) => {
          judgeTrafficDue(draft, context);
          const step = stepOfTime(context);
          if (step) draft.add(step);
          settleClock(draft, context);
          beat(draft, context);
        },
        { is_look: true },
      );
    } catch (err) {
      // A concurrent change by an administrator; retried in the next second.
      if (!(err instanceof StaleMaintenance)) throw err;
    }
  }

  /** A change of the clock that no line tells of is recorded before anything is judged by it. */
  async function recordUntold(): Promise<void> {
    const untold = own_clock.untold();
    if (untold === null) return;
    log.warn({ untold }, 'the wall clock was set, or we slept; no line told of it');
    void batches.add(untold);
    await batches.record();
  }

  /** What void results decided is judged again without them; at most once a minute. */
  async function judgeSetBack(): Promise<void> {
    const { set_back, judged_since } = live;
    const now = clock.monotonic();
    if (set_back === null || set_back.is_judged || now < judge_set_back_at) return;
    judge_set_back_at = now + JUDGED_EVERY_MS;
    try {
      const left = await judgeLeft({ store, site, set_back, judged_since, now: clock.now() });
      await transact((draft, context) => takeLeft(draft, context, left));
      live.set_back = { ...set_back, is_judged: true };
    } catch (err) {
      log.error({ err, set_back }, 'what is left is judged later');
    }
  }

  /** Tries whether recording works again: with what waits, else with the heartbeat. */
  async function recordAgain(): Promise<void> {
    if (batches.waiting() > 0) await batches.record();
    else await recordHeartbeat().catch(() => undefined);
  }

  /** A clock that has not been set for a while is trusted again. */
  function settleClock(draft: Draft, context: JudgingContext): void {
    const { now, live } = context;
    const since = live.own_troubles.get('clock')?.since ?? now;
    if (now - since < NUMBERS.own.clock_settles_ms) return;
    const well = { kind: 'clock', line: null, is_failing: false, detail: '', at: now } as const;
    draft.add({ recording: recordingOfOwn(context, well) });
  }

  /** Once it is judged what has run out by now. */
  function beat(draft: Draft, { now, live }: JudgingContext): void {
    const at = clock.monotonic();
    if (heartbeat !== null && at - heartbeat < HEARTBEAT_MS) return;
    heartbeat = at;
    // What was not learnt at the start is not known later.
    const kept_from = Math.max(live.kept_from, keptFrom(live, now));
    draft.add({ recording: { heartbeat_at: now }, kept_from });
  }

  async function recordHeartbeat(at?: EpochMs): Promise<void> {
    await transact((draft, { now }) => draft.add({ recording: { heartbeat_at: at ?? now } }));
  }

  async function recordOpening(opening: Opening): Promise<void> {
    const { downtime, set_back } = opening;
    if (set_back) log.warn({ step: set_back }, 'the wall clock was set back');
    if (downtime) log.warn({ gap: downtime }, 'gap recorded: nothing was measured');
    await transactions.open((draft, context) =>
      judgeOpening({ draft, context, installation }, opening),
    );
  }
}
