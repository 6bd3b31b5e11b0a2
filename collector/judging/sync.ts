import { saysTheSame } from '../../model/ailment.ts';
import type { StateFrom } from '../../model/correction.ts';
import type { CorrectedJourney, Journey, Look } from '../../model/journey.ts';
import { judgeSync, type SyncInput } from '../../model/judge/sync.ts';
import type { AcceptedInvoice } from '../../model/result.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { statusOf, syncMemoryOf, uncoveredSince, windowAt } from '../state/live-state.ts';
import { followedComponent, type MeasuredComponent } from '../state/site.ts';
import {
  courseOf,
  type SyncMemory,
  withJourney,
  withLooks,
  withoutOld,
} from '../state/sync-memory.ts';
import { acceptedByClock, datedByClock } from './across-step.ts';
import type { ComponentChange, Evaluation, JudgingContext } from './evaluation.ts';
import { journeyAfterLook, type LookReport, newJourney } from './journey.ts';
import { syncLimitsAt } from './limits.ts';
import { delaysSince, syncProgress } from './sync-progress.ts';
import { afterSetting } from './timeline.ts';

/** A change of a sync component's journeys: its memory afterwards, and the rows. */
export interface SyncEvent {
  memory: SyncMemory;
  journeys: Journey[];
  /** Counted before; what is known of them otherwise changes no state of theirs but lost. */
  corrected?: CorrectedJourney[];
  looks?: Look[];
}

/** A system accepted an invoice. */
export interface Acceptance {
  system: string;
  accepted: AcceptedInvoice;
  installation: string;
  simulated: boolean;
}

/** Evaluates a change of a sync component's journeys. */
export function evaluateSync(
  context: JudgingContext,
  component: MeasuredComponent,
  { memory, journeys, corrected = [], looks = [] }: SyncEvent,
): Evaluation {
  const simulated = journeys.some((journey) => journey.simulated);
  const judged = judgeSyncComponent(context, component, memory, { simulated });
  return {
    facts: { journeys, looks, ...(corrected.length > 0 && { corrected_journeys: corrected }) },
    component_changes: [judged.change],
    syncs: [[component.id, judged.memory]],
  };
}

/**
 * The journeys started by an acceptance: one per check that follows the system. Existing journeys
 * continue, so that their delay counts from the first acceptance.
 */
export function evaluateAcceptance(
  context: JudgingContext,
  { system, ...acceptance }: Acceptance,
): Evaluation[] {
  const { site, live, now } = context;
  const accepted = acceptedByClock(context, acceptance.accepted);
  return (site.followers.get(system) ?? []).flatMap((check) => {
    const component = followedComponent(site, check);
    const journey = newJourney({ ...acceptance, accepted, component, check, now });
    const memory = syncMemoryOf(live, component);
    if (memory.waiting.has(journey.id)) return [];
    return evaluateSync(context, component, {
      memory: withJourney(memory, journey),
      journeys: [journey],
    });
  });
}

/** A look at a journey, and what it found. */
export interface JourneyLook {
  looked: Pick<Journey, 'id' | 'check'>;
  report: LookReport;
}

/**
 * Evaluates looks at journeys, in their order, and judges each component once. A journey that is no
 * longer waiting is passed over: it may have been lost during the look.
 */
export function evaluateLooks(
  context: JudgingContext,
  looks: readonly JourneyLook[],
): Evaluation[] {
  const { live } = context;
  const seen = new Map<MeasuredComponent, Map<Journey['id'], SeenJourney>>();
  for (const { looked, report: reported } of looks) {
    const component = componentLookedAt(context, looked);
    const journeys = seen.get(component) ?? new Map<Journey['id'], SeenJourney>();
    const journey = syncMemoryOf(live, component).waiting.get(looked.id);
    if (!journey || journeys.has(looked.id)) continue;
    const report = datedByClock(context, journey, reported);
    journeys.set(looked.id, { journey: journeyAfterLook(journey, report), report });
    seen.set(component, journeys);
  }
  return [...seen].map(([component, journeys]) => {
    const its = [...journeys.values()];
    const gaps = live.last_gaps;
    return evaluateSync(context, component, {
      memory: withLooks(
        syncMemoryOf(live, component),
        its.map(({ journey, report: { finding } }) => ({ journey, finding, gaps })),
      ),
      journeys: its.map(({ journey }) => journey),
      looks: its.map(({ journey, report }) => ({ journey: journey.id, ...report })),
    });
  });
}

/** A journey after a look. Of each there is no more than one at a time. */
interface SeenJourney {
  journey: Journey;
  report: LookReport;
}

function componentLookedAt({ site }: JudgingContext, looked: JourneyLook['looked']) {
  const check = site.checks.get(looked.check);
  if (check?.function !== 'sync') throw new Error(`check ${looked.check} does not follow invoices`);
  return followedComponent(site, check);
}

/** Judges a sync component at the instant; returns its memory without expired entries, too. */
export function judgeSyncComponent(
  { live, now }: Pick<JudgingContext, 'live' | 'now'>,
  component: MeasuredComponent,
  memory: SyncMemory,
  { simulated = false } = {},
): { change: ComponentChange; memory: SyncMemory } {
  const before = statusOf(live, component.id, now);
  const window = windowAt(live, component.id, now);
  const current = withoutOld(memory, component.policy, now);
  const limits = syncLimitsAt(live, component, now);
  const input: SyncInput = {
    waiting: [...current.waiting.values()],
    accepted: current.accepted,
    latest_arrived_at: current.latest_arrived.at(-1) ?? null,
    arrivals: current.arrivals,
    recent: delaysSince(current, now - component.policy.slow_over_ms),
    last_answer: current.last_answer,
    last_arrival_at: current.last_arrival_at,
    watched_since: current.watched_since,
    phase: current.phase,
    stall: current.stall,
    slow_since: current.slow_since,
    now,
    policy: component.policy,
    limits,
    window,
  };
  const { since, is_watched, phase, stall, slow_since, ...judged } = judgeSync(input);
  // Arrivals could not be observed: observation restarts with the next answer.
  const watched_since = is_watched ? current.watched_since : null;
  const after = { ...current, watched_since, phase, stall, slow_since, told_at: now };
  const is_uncovered = before.state === 'under_maintenance' && judged.state !== before.state;
  const uncovered_at = is_uncovered ? uncoveredSince(live, before, now) : null;
  const cause = judged.state === 'unknown' ? 'expired' : 'journeys';
  const change = changeSince({
    before,
    after: {
      ...before,
      ...judged,
      measured_at: current.last_answer?.at ?? before.measured_at,
      sync: syncProgress(current, { ...component.policy, ...limits }, now),
      course: courseOf(after),
    },
    // A good look says nothing about the unobserved time before it.
    since: uncovered_at ?? afterSetting(live, Math.max(sinceWhen(), current.watched_since ?? 0)),
    cause: window || uncovered_at !== null ? 'window' : cause,
    simulated,
  });
  return { change, memory: after };

  /** In a window of what is measured, once it is under way. */
  function sinceWhen(): EpochMs {
    if (window === null || before.state !== 'under_maintenance') return since;
    return judgeSync({ ...input, window: null }).since;
  }
}

/** A state begins no earlier than the one before it. */
function changeSince({
  before,
  after,
  since,
  cause,
  simulated,
}: Pick<ComponentChange, 'before' | 'after'> &
  Pick<StateFrom, 'since' | 'cause' | 'simulated'>): ComponentChange {
  if (saysTheSame(before, after)) return { before, after, states: null };
  const { state: to, notes } = after;
  const from = Math.max(before.since, since);
  const states = [{ to, since: from, cause, cause_ref: null, notes, simulated }] as const;
  return { before, after, states };
}
