import type { Maintenance, MaintenanceStatus, MaintenanceTexts } from '../maintenance.ts';
import { DAY } from '../time.ts';
import { type ComponentId, type EpochMs, LOCALES, type Localized } from '../vocabulary.ts';

/** What an administrator says of a maintenance; the rest follows from it and from time. */
export type MaintenancePlan = Pick<
  Maintenance,
  'components' | 'texts' | 'announced_from' | 'announced_until' | 'expected_recovery_at'
>;

/**
 * The plan of a maintenance as it stands: what a form starts from, and what announcing a draft
 * needs.
 */
export function planOf(maintenance: Maintenance): MaintenancePlan {
  const { components, texts, announced_from, announced_until, expected_recovery_at } = maintenance;
  return { components, texts, announced_from, announced_until, expected_recovery_at };
}

/** What is wrong with what an administrator said. `field` is a path such as `texts.title.en`. */
export type MaintenanceProblem = { field: string } & (
  | { code: 'not_a_time' }
  | { code: 'in_the_past'; now: EpochMs }
  | { code: 'too_far'; latest: EpochMs }
  | { code: 'not_after_start'; start: EpochMs }
  | { code: 'too_long_a_time'; latest: EpochMs }
  | { code: 'before_end'; end: EpochMs }
  | { code: 'has_begun'; start: EpochMs }
  | { code: 'not_later'; end: EpochMs }
  | { code: 'no_components' }
  | { code: 'unknown_component'; component: ComponentId }
  | { code: 'missing_text' }
  | { code: 'too_long'; limit: number }
  | { code: 'control_characters' }
  | { code: 'wrong_status'; status: MaintenanceStatus; expected: MaintenanceStatus[] }
);

export interface Problems {
  problems: MaintenanceProblem[];
}

/** In characters, after white space around the text is taken off. */
export const TITLE_LIMIT = 120;
export const TEXT_LIMIT = 2_000;

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
export function checkPlan(plan: MaintenancePlan, context: PlanContext): MaintenancePlan | Problems {
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

const TIMES = ['announced_from', 'announced_until', 'expected_recovery_at'] as const;

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

/** Line ends as \n, no white space around. */
export function tidied(text: Localized): Localized {
  return { 'zh-CN': tidy(text['zh-CN']), en: tidy(text.en) };
}

/** null when nothing was said in any language. */
export function tidiedOrNull(text: Localized | null): Localized | null {
  if (text === null) return null;
  const tidy_text = tidied(text);
  return LOCALES.every((locale) => tidy_text[locale] === '') ? null : tidy_text;
}

function tidy(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}

/**
 * Control characters, and those that turn the direction of what follows or are half of a character.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** What is wrong with a tidied text; it is needed in every language. */
export function textProblems(
  path: string,
  text: Localized,
  { limit = TEXT_LIMIT, one_line = false }: { limit?: number; one_line?: boolean } = {},
): MaintenanceProblem[] {
  return LOCALES.flatMap((locale): MaintenanceProblem[] => {
    const field = `${path}.${locale}`;
    const said = text[locale];
    if (said === '') return [{ field, code: 'missing_text' }];
    if (said.length > limit) return [{ field, code: 'too_long', limit }];
    const unprintable =
      UNPRINTABLE.test(said) || !said.isWellFormed() || (one_line && said.includes('\n'));
    return unprintable ? [{ field, code: 'control_characters' }] : [];
  });
}
