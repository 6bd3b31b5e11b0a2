import type { Maintenance, MaintenanceTexts } from '../maintenance.ts';
import { DAY, HOUR } from '../time.ts';
import { type ComponentId, type EpochMs, LOCALES } from '../vocabulary.ts';
import type { MaintenanceProblem, Refusal } from './problems.ts';
import { TITLE_LIMIT, textProblems, tidied, tidiedOrNull } from './texts.ts';

const TIMES = ['announced_from', 'announced_until', 'expected_recovery_at'] as const;

/** What an administrator says of a maintenance; the rest follows from it and from time. */
export type MaintenancePlan = Pick<
  Maintenance,
  'components' | 'texts' | 'announced_from' | 'announced_until' | 'expected_recovery_at'
>;

/** How long before its start a revision must be published for its time not to count as down. */
export const DEFAULT_NOTICE_MS = 24 * HOUR;

/**
 * The plan of a maintenance as it stands: what a form starts from, and what announcing a draft
 * needs.
 */
export function planOf(maintenance: Maintenance): MaintenancePlan {
  const { components, texts, announced_from, announced_until, expected_recovery_at } = maintenance;
  return { components, texts, announced_from, announced_until, expected_recovery_at };
}

/** Whether the plans say the same, in whatever order they name the components. */
export function isSamePlan(one: MaintenancePlan, other: MaintenancePlan): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder({ components, texts, ...times }: MaintenancePlan) {
  const { title, description, stays_open, workaround } = tidyTexts(texts);
  return [
    components.toSorted(),
    [title, description, stays_open, workaround].map(
      (text) => text && LOCALES.map((locale) => text[locale] ?? ''),
    ),
    TIMES.map((field) => times[field]),
  ];
}

/** A start further ahead, or a maintenance longer than this, is a slip of the pen. */
const FURTHEST_START_MS = 366 * DAY;
const LONGEST_MS = 31 * DAY;

export interface PlanContext {
  now: EpochMs;
  /** The components that exist. */
  components: ReadonlySet<ComponentId>;
  /** When it began, if it has: then its announced start stays. */
  began: { announced_from: EpochMs } | null;
}

/** The plan with its texts and components put in order, or everything that is wrong with it. */
export function checkPlan(plan: MaintenancePlan, context: PlanContext): MaintenancePlan | Refusal {
  const texts = tidyTexts(plan.texts);
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
  const unreadable = TIMES.filter((field) => !Number.isSafeInteger(plan[field]));
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

function tidyTexts({ title, description, stays_open, workaround }: MaintenanceTexts) {
  return {
    title: tidied(title),
    description: tidied(description),
    stays_open: tidiedOrNull(stays_open),
    workaround: tidiedOrNull(workaround),
  };
}

function textsProblems({ title, description, stays_open, workaround }: MaintenanceTexts) {
  return [
    ...textProblems('texts.title', title, { limit: TITLE_LIMIT, one_line: true }),
    ...textProblems('texts.description', description),
    ...(stays_open ? textProblems('texts.stays_open', stays_open) : []),
    ...(workaround ? textProblems('texts.workaround', workaround) : []),
  ];
}
