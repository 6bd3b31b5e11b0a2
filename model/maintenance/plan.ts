import type { Maintenance, MaintenanceTexts } from '../maintenance.ts';
import { DAY, HOUR } from '../time.ts';
import type { ComponentId, EpochMs } from '../vocabulary.ts';
import type { MaintenanceProblem, Refusal } from './problems.ts';
import { normalisedTexts, TITLE_LIMIT, textProblems } from './texts.ts';

export const TIME_FIELDS = ['announced_from', 'announced_until', 'expected_recovery_at'] as const;
export type TimeField = (typeof TIME_FIELDS)[number];

/**
 * The part of a maintenance that an administrator provides; the rest follows from it and from time.
 */
export type MaintenancePlan = Pick<
  Maintenance,
  'components' | 'texts' | 'announced_from' | 'announced_until' | 'expected_recovery_at'
>;

/** Minimum time between publication and start for a revision to be excluded from down time. */
export const DEFAULT_NOTICE_MS = 24 * HOUR;

/**
 * The current plan of a maintenance: initial values of its form, and the plan of an announced
 * draft.
 */
export function planOf(maintenance: Maintenance): MaintenancePlan {
  const { components, texts, announced_from, announced_until, expected_recovery_at } = maintenance;
  return { components, texts, announced_from, announced_until, expected_recovery_at };
}

/** A start further ahead, or a longer maintenance, is taken for a typing error. */
const FURTHEST_START_MS = 366 * DAY;
const LONGEST_MS = 31 * DAY;

export interface PlanContext {
  now: EpochMs;
  /** Configured components. */
  components: ReadonlySet<ComponentId>;
  /**
   * The announced start of a maintenance that has started, which can no longer change; otherwise
   * null.
   */
  began: { announced_from: EpochMs } | null;
}

/** The normalised plan, or every problem found in it. */
export function checkPlan(plan: MaintenancePlan, context: PlanContext): MaintenancePlan | Refusal {
  const texts = normalisedTexts(plan.texts);
  const problems = [
    ...scopeProblems(plan.components, context.components),
    ...timeProblems(plan, context),
    ...textsProblems(texts),
  ];
  if (problems.length > 0) return { problems };
  return { ...plan, texts, components: [...new Set(plan.components)] };
}

function scopeProblems(
  scope: readonly ComponentId[],
  known: ReadonlySet<ComponentId>,
): MaintenanceProblem[] {
  if (scope.length === 0) return [{ field: 'components', code: 'no_components' }];
  return scope
    .filter((component) => !known.has(component))
    .map((component) => ({ field: 'components', code: 'unknown_component', component }));
}

function timeProblems(plan: MaintenancePlan, context: PlanContext): MaintenanceProblem[] {
  const unreadable = TIME_FIELDS.filter((field) => !Number.isSafeInteger(plan[field]));
  if (unreadable.length > 0) return unreadable.map((field) => ({ field, code: 'not_a_time' }));
  return [
    ...startProblems(plan, context),
    ...endProblems(plan, context),
    ...recoveryProblems(plan),
  ];
}

function startProblems(
  { announced_from }: MaintenancePlan,
  { now, began }: PlanContext,
): MaintenanceProblem[] {
  const field = 'announced_from';
  if (began)
    return announced_from === began.announced_from
      ? []
      : [{ field, code: 'has_begun', start: began.announced_from }];
  if (announced_from <= now) return [{ field, code: 'in_the_past', now }];
  const latest = now + FURTHEST_START_MS;
  return announced_from > latest ? [{ field, code: 'too_far', latest }] : [];
}

function endProblems(
  { announced_from, announced_until }: MaintenancePlan,
  { now }: PlanContext,
): MaintenanceProblem[] {
  const field = 'announced_until';
  if (announced_until <= announced_from)
    return [{ field, code: 'not_after_start', start: announced_from }];
  if (announced_until <= now) return [{ field, code: 'in_the_past', now }];
  const latest = announced_from + LONGEST_MS;
  return announced_until > latest ? [{ field, code: 'too_long_a_time', latest }] : [];
}

function recoveryProblems(plan: MaintenancePlan): MaintenanceProblem[] {
  const field = 'expected_recovery_at';
  if (plan.expected_recovery_at < plan.announced_until)
    return [{ field, code: 'before_end', end: plan.announced_until }];
  const latest = plan.announced_from + LONGEST_MS;
  return plan.expected_recovery_at > latest ? [{ field, code: 'too_long_a_time', latest }] : [];
}

function textsProblems({ title, description, stays_open, workaround }: MaintenanceTexts) {
  return [
    ...textProblems('texts.title', title, { limit: TITLE_LIMIT, one_line: true }),
    ...textProblems('texts.description', description),
    ...(stays_open ? textProblems('texts.stays_open', stays_open) : []),
    ...(workaround ? textProblems('texts.workaround', workaround) : []),
  ];
}
