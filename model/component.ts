import type { MeasuredDelays } from './delays.ts';
import type { SyncCourse } from './sync-course.ts';
import type {
  Checked,
  ComponentId,
  EpochMs,
  FileReason,
  Outcome,
  Reason,
  ResultNote,
  State,
} from './vocabulary.ts';

/**
 * Why a component is in its state: a code with parameters, rendered per language by the reader
 * side.
 */
export type Note =
  | ({
      code: 'checks_failing';
      checks: string[];
      reason: Reason | null;
      detail: string | null;
    } & Was)
  | ({
      code: 'line_failing';
      lines: string[];
      reason: Reason | null;
      /** Of own traffic only. */
      detail?: string | null;
    } & Was)
  /** Rows of earlier versions have no window: it was 30 minutes. */
  | {
      code: 'some_users_affected';
      bad: number;
      n: number;
      window_ms?: number;
      /** Absent: measurements of ours. */
      source?: 'own_traffic';
    }
  | { code: 'slow'; checks: string[] }
  /** These answer that they work with restrictions. */
  | { code: 'degraded'; checks: string[]; reason: Reason | null; detail: string | null }
  | { code: 'sync_slow'; n: number; limit_ms: number }
  | { code: 'stalled'; waiting: number; oldest_accepted_at: EpochMs }
  /** After a stall, what is overdue still comes. */
  | { code: 'catching_up'; overdue: number }
  /** Of n that should be there, so many are not, although later ones are. */
  | { code: 'part_lost'; n: number; missing: number }
  | { code: 'maybe_our_line'; line: string }
  | { code: 'never_measured' }
  /** The last judged results were bad, but too few to tell an outage from a random failure. */
  | { code: 'unconfirmed'; reason: Reason | null; detail: string | null; ended_at: EpochMs }
  /** It ailed when it was last known; the last judged results were good, but too few to be sure. */
  | { code: 'recovering'; ended_at: EpochMs }
  | { code: 'expired'; last_slot_at: EpochMs }
  /** Results come, but none can be judged; this is the last one. */
  | ({
      code: 'not_judged';
      outcome: Outcome;
      reason: Reason | null;
      ended_at: EpochMs;
    } & WaitsFor)
  | { code: 'look_unanswered'; last_answered_at: EpochMs | null }
  | { code: 'nothing_to_follow'; last_answered_at: EpochMs | null }
  /** Of a sync: n wait, and none has ever been seen to arrive. */
  | { code: 'none_arrived'; n: number }
  | { code: 'self'; reason: Reason }
  /** Rows of earlier versions have no cause. */
  | { code: 'gap'; from: EpochMs; cause?: GapCause }
  /** What is measured meanwhile; rows of earlier versions do not know. */
  | { code: 'maintenance'; maintenance_id: string; measured?: State }
  /** What was odd about the last results of these checks, without failing them. */
  | { code: 'noticed'; note: ResultNote; checks: string[] }
  /** What the verdict on the last files of these checks rests on; the reason when it is nothing. */
  | { code: 'files_checked'; checked: Checked; reason: FileReason | null; checks: string[] }
  /** Of these checks nothing is known now: not measured, not judged, or not often enough. */
  | { code: 'not_known'; checks: string[] }
  /** How long it usually takes is not known yet, so it cannot be called slow. */
  | { code: 'learning' }
  /** Nothing of own traffic since, which is usual: what is known is of then. */
  | { code: 'quiet'; last_at: EpochMs };

/** Of a result that another function explains: that one; rows of earlier versions do not know. */
export interface WaitsFor {
  waits_for?: ComponentId;
}

/** What is said of a system that says it is maintained: an announced maintenance went before. */
interface Was {
  was_announced?: true;
}

/** Whether it says that it is still maintained after an announced maintenance. */
export function isSaidStill({ reason, was_announced }: Was & { reason: Reason | null }): boolean {
  return reason === 'says_maintenance' && was_announced === true;
}

const ASIDES: readonly Note['code'][] = [
  'noticed',
  'files_checked',
  'not_known',
  'learning',
  'quiet',
];

/** Whether the note is no reason of the state, but said beside it. */
export function isAside({ code }: Note): boolean {
  return ASIDES.includes(code);
}

/** Whether all that is known is that something answers: nothing on the page was recognised. */
export function isAnsweredOnly({
  state,
  notes,
}: Pick<ComponentStatus, 'state' | 'notes'>): boolean {
  return (
    state === 'operational' &&
    notes.some((it) => it.code === 'noticed' && it.note === 'answered_only')
  );
}

/** Whether it was well when something happened last: nothing has for long, which is usual now. */
export function isQuiet({ state, notes }: Pick<ComponentStatus, 'state' | 'notes'>): boolean {
  return state === 'operational' && isSilent(notes);
}

/** Whether nothing tells of it for long, which is usual now. */
export function isSilent(notes: readonly Note[]): boolean {
  return notes.some(({ code }) => code === 'quiet');
}

/**
 * What is measured while a maintenance is under way: only a maintenance says so beside the state.
 * undefined: the state itself, or nobody kept it.
 */
export function measuredMeanwhile(notes: readonly Note[]): State | undefined {
  return notes.find((it) => it.code === 'maintenance')?.measured;
}

/** As they are said: of what nothing is told for long nothing is measured in a maintenance. */
export function saidNotes(notes: readonly Note[]): Note[] {
  return notes.map((it) =>
    it.code === 'maintenance' && isSilent(notes)
      ? { code: it.code, maintenance_id: it.maintenance_id }
      : it,
  );
}

/** The cause of a state transition. */
export type TransitionCause = 'result' | 'expired' | 'window' | 'gap' | 'journeys';

/**
 * A state change of a component. Down time counts from `since`; `recorded_at` is the time of
 * detection.
 */
export interface Transition {
  component: ComponentId;
  from: State;
  to: State;
  since: EpochMs;
  recorded_at: EpochMs;
  cause: TransitionCause;
  /** Reference to the cause: `check@slot_at` of the deciding result, or null. */
  cause_ref: string | null;
  notes: Note[];
  simulated: boolean;
}

/** Quantiles of the recent delays of a component; a bad run counts as longer than any good one. */
export interface RecentDelays {
  window_ms: number;
  /** Judged results in the window; rows of earlier versions have n only. */
  measured?: number;
  /** Those behind the quantiles: without good ones that a delay of ours is part of. */
  n: number;
  /** Of them bad: they count as "longer than the deadline". */
  bad: number;
  /** null when so many were bad that the quantile is not known. */
  median_ms: number | null;
  p95_ms: number | null;
  /** What events of own traffic told, in the same window; absent: nothing. */
  told?: ToldDelays;
}

/** The same of events: nothing was measured. `measured` is the number of those that are judged. */
export type ToldDelays = Omit<RecentDelays, 'told'>;

/** Whether nothing was measured of it in its window, but events told of it. */
export function isOnlyTold({ recent }: Pick<ComponentStatus, 'recent'>): boolean {
  return recent?.told !== undefined && (recent.measured ?? recent.n) === 0;
}

/** Progress of a system's sync, from the journeys we follow. */
export interface SyncProgress {
  /** Everything accepted up to here has arrived, but stragglers; null before the first arrival. */
  watermark_at: EpochMs | null;
  /** When those were accepted, oldest first; rows of earlier versions have none. */
  stragglers?: EpochMs[];
  waiting: number;
  oldest_waiting_at: EpochMs | null;
  /** Journeys followed in the last 24 h: the n behind the watermark. */
  sample: number;
  /**
   * Of those whose promised time has not passed either: how many there are, and how many of them
   * were not there when looked for at an age above the limit. null without a limit below the
   * promise; rows of earlier versions have none.
   */
  young?: { n: number; overdue: number; limit_ms: number } | null;
  /** Lost in the last 7 days: named beside the watermark. */
  lost: number;
  last_arrival_at: EpochMs | null;
  /**
   * Median and p95 delay of those accepted within `over_ms` (1 h in rows of earlier versions),
   * whether they have arrived or not, with their number: 95 % ranges. Rows of still earlier
   * versions have none.
   */
  delays?: MeasuredDelays & { over_ms?: number };
}

/** Current state of a component: one row, replaced in the transaction of every result. */
export interface ComponentStatus {
  component: ComponentId;
  state: State;
  since: EpochMs;
  notes: Note[];
  /** End of the last judged run, or time of the last answered look; null before the first. */
  measured_at: EpochMs | null;
  /** After this the state is "unknown"; null before the first measurement. */
  valid_until: EpochMs | null;
  recent: RecentDelays | null;
  sync: SyncProgress | null;
  /** For its own judging, of a sync: not published. Rows of earlier versions have none. */
  course?: SyncCourse;
  /** The last result of the component, judged or not; null before the first. */
  last: LastResult | null;
}

/** A result in short, and whether it said anything about the system. */
export interface LastResult {
  check: string;
  outcome: Outcome;
  reason: Reason | null;
  ended_at: EpochMs;
  is_judged: boolean;
}

/**
 * Why we could not measure or record. `restart`: from the last heartbeat, or from the last word of
 * a measuring thread; `suspended`: from the last heartbeat; none of both under 10 s. `clock`: the
 * wall clock was set forth. `disk` and `lock`: from the last commit to the first good one.
 * `restored`: from the last heartbeat in a backup that was put back.
 */
export const GAP_CAUSES = ['restart', 'suspended', 'clock', 'disk', 'lock', 'restored'] as const;
export type GapCause = (typeof GAP_CAUSES)[number];

/** A span that we could not measure or record. */
export interface Gap {
  from: EpochMs;
  /** After `from`. */
  to: EpochMs;
  cause: GapCause;
}
