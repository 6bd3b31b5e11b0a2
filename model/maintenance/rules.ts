import type {
  Maintenance,
  MaintenanceStatus,
  MaintenanceUpdate,
  MaintenanceUpdateCode,
} from '../maintenance.ts';
import type { NoticeKind } from '../notice.ts';
import { HOUR, MINUTE } from '../time.ts';
import type { ComponentId, EpochMs, Localized } from '../vocabulary.ts';
import {
  checkPlan,
  type MaintenancePlan,
  type MaintenanceProblem,
  type Problems,
  planOf,
  textProblems,
  tidied,
  tidiedOrNull,
} from './plan.ts';

/** How long before its start a revision must be published for its time not to count as down. */
export const DEFAULT_NOTICE_MS = 24 * HOUR;

/** When subscribers are reminded, before the start. */
export const REMINDERS_MS: readonly number[] = [24 * HOUR, HOUR];

/** Who says it has ended is believed for this long at least; what fails longer is an outage. */
const VERIFYING_COVERS_MS = 15 * MINUTE;

/**
 * The maintenance as it is now, and what people are told; null while it is a draft, which nobody is
 * told of.
 */
export interface MaintenanceStep {
  maintenance: Maintenance;
  update: MaintenanceUpdate | null;
}

export interface CommandContext {
  now: EpochMs;
  /** 12 characters of [a-z0-9], new each time. */
  newId: () => string;
  /** The components that exist. */
  components: ReadonlySet<ComponentId>;
}

/** A person's words that go with a command. */
export interface WithText {
  text?: Localized | null;
}

/** A new maintenance that nobody is told of yet. */
export function draft(plan: MaintenancePlan, context: CommandContext): MaintenanceStep | Problems {
  const checked = checkPlan(plan, { ...context, began: null });
  if (isRefused(checked)) return checked;
  return { maintenance: newMaintenance(checked, context), update: null };
}

/** A new maintenance (`before` is null) or a draft becomes public. */
export function announce(
  before: Maintenance | null,
  { text = null, ...plan }: MaintenancePlan & WithText,
  context: CommandContext,
): MaintenanceStep | Problems {
  const refused = statusProblems(before, ['draft']);
  const checked = checkPlan(plan, { ...context, began: null });
  if (refused.length > 0 || isRefused(checked)) return refusal(refused, checked);
  const maintenance = before ?? newMaintenance(checked, context);
  return told(
    before,
    {
      ...maintenance,
      ...published(checked, context),
      revision: before ? before.revision + 1 : 1,
      status: 'scheduled',
    },
    { code: 'announced', text },
    context,
  );
}

/**
 * Another plan, published at once unless it is a draft. What has begun keeps its announced start.
 */
export function revise(
  before: Maintenance,
  { text = null, ...plan }: MaintenancePlan & WithText,
  context: CommandContext,
): MaintenanceStep | Problems {
  const refused = statusProblems(before, ['draft', 'scheduled', 'in_progress', 'overrun']);
  const checked = checkPlan(plan, { ...context, began: hasBegun(before) ? before : null });
  if (refused.length > 0 || isRefused(checked)) return refusal(refused, checked);
  if (before.status === 'draft')
    return {
      maintenance: {
        ...before,
        ...checked,
        revision: before.revision + 1,
        updated_at: stamp(before, context.now),
      },
      update: null,
    };
  return told(before, revised(before, checked, context), { code: 'revised', text }, context);
}

/** Begins by a person's word, before the announced start too; that early part counts as down. */
export function start(
  before: Maintenance,
  { text = null }: WithText,
  context: CommandContext,
): MaintenanceStep | Problems {
  const problems = statusProblems(before, ['scheduled']);
  if (problems.length > 0) return { problems };
  return told(
    before,
    { ...before, status: 'in_progress', actual_from: context.now },
    { code: 'started', text },
    context,
  );
}

/** Moves the end of what has begun. The time that this adds counts as down. */
export function extend(
  before: Maintenance,
  {
    announced_until,
    expected_recovery_at = Math.max(before.expected_recovery_at, announced_until),
    text = null,
  }: { announced_until: EpochMs; expected_recovery_at?: EpochMs } & WithText,
  context: CommandContext,
): MaintenanceStep | Problems {
  const refused = statusProblems(before, ['in_progress', 'overrun']);
  if (announced_until <= before.announced_until)
    refused.push({ field: 'announced_until', code: 'not_later', end: before.announced_until });
  const plan = { ...planOf(before), announced_until, expected_recovery_at };
  // What was known once stays extendable, also after a component left the configuration.
  const components = new Set(before.components);
  const checked = checkPlan(plan, { ...context, components, began: before });
  if (refused.length > 0 || isRefused(checked)) return refusal(refused, checked);
  return told(before, revised(before, checked, context), { code: 'extended', text }, context);
}

/** The work is done; it is completed once the scope is seen to work. */
export function end(
  before: Maintenance,
  { text = null }: WithText,
  context: CommandContext,
): MaintenanceStep | Problems {
  const problems = statusProblems(before, ['in_progress', 'overrun']);
  if (problems.length > 0) return { problems };
  return told(
    before,
    {
      ...before,
      status: 'verifying',
      actual_until: Math.max(context.now, before.actual_from ?? context.now),
    },
    { code: 'ended', text },
    context,
  );
}

/** It will not happen. What has begun can only be ended. */
export function cancel(
  before: Maintenance,
  { text = null }: WithText,
  context: CommandContext,
): MaintenanceStep | Problems {
  const problems = statusProblems(before, ['draft', 'scheduled']);
  if (problems.length > 0) return { problems };
  const cancelled: Maintenance = { ...before, status: 'cancelled' };
  if (before.published_at === null)
    return {
      maintenance: { ...cancelled, updated_at: stamp(before, context.now) },
      update: null,
    };
  return told(before, cancelled, { code: 'cancelled', text }, context);
}

const COMMENTED: MaintenanceStatus[] = [
  'scheduled',
  'in_progress',
  'overrun',
  'verifying',
  'completed',
];

/** A person's words on what is public. */
export function comment(
  before: Maintenance,
  { text }: { text: Localized },
  context: CommandContext,
): MaintenanceStep | Problems {
  const problems = [...statusProblems(before, COMMENTED), ...textProblems('text', tidied(text))];
  if (problems.length > 0) return { problems };
  return told(before, before, { code: 'text', text }, context);
}

/**
 * What time, or a scope that works again, does to a maintenance; null when nothing. It begins at
 * its announced start, overruns at its announced end, is completed once its scope is operational
 * after it was ended. Of reminders that are due together only one is given; the others would say
 * the same.
 */
export function advanceMaintenance(
  before: Maintenance,
  {
    now,
    scope_operational,
    newId,
  }: { now: EpochMs; scope_operational: boolean; newId: () => string },
): MaintenanceStep | null {
  const { status, announced_from, announced_until } = before;
  const moved = movedByTime();
  if (!moved) return null;
  const { code, ...change } = moved;
  const maintenance = { ...before, ...change, updated_at: stamp(before, now) };
  return { maintenance, update: updateOf(maintenance, { code, text: null }, { now, newId }) };

  function movedByTime(): ({ code: MaintenanceUpdateCode } & Partial<Maintenance>) | null {
    if (status === 'scheduled' && now >= announced_from)
      return {
        code: 'started',
        status: 'in_progress',
        actual_from: Math.max(announced_from, before.published_at ?? announced_from),
      };
    if (status === 'scheduled') {
      const reminded = remindedBy(announced_from, now);
      return reminded.length > before.reminded.length ? { code: 'reminder', reminded } : null;
    }
    if (status === 'in_progress' && now >= announced_until)
      return { code: 'overrun', status: 'overrun' };
    if (status === 'verifying' && scope_operational)
      return { code: 'completed', status: 'completed' };
    return null;
  }
}

/**
 * Since when the maintenance covers its scope at the instant; null when it does not. While it runs
 * it always does; while it is verified until the expected recovery (and 15 minutes at least): then
 * what still fails is an outage.
 */
export function coversSince(
  maintenance: Pick<
    Maintenance,
    'status' | 'actual_from' | 'actual_until' | 'expected_recovery_at'
  >,
  at: EpochMs,
): EpochMs | null {
  const { status, actual_from } = maintenance;
  if (actual_from === null || at < actual_from) return null;
  if (status === 'in_progress' || status === 'overrun') return actual_from;
  return status === 'verifying' && at < coversUntil(maintenance) ? actual_from : null;
}

/**
 * Until when a maintenance that was ended covers its scope, if the scope is not seen to work
 * before.
 */
export function coversUntil({
  actual_until,
  expected_recovery_at,
}: Pick<Maintenance, 'actual_until' | 'expected_recovery_at'>): EpochMs {
  return Math.max(expected_recovery_at, (actual_until ?? 0) + VERIFYING_COVERS_MS);
}

const KINDS: Record<MaintenanceUpdateCode, NoticeKind> = {
  announced: 'maintenance_announced',
  revised: 'maintenance_updated',
  reminder: 'maintenance_reminder',
  started: 'maintenance_started',
  extended: 'maintenance_updated',
  overrun: 'maintenance_updated',
  ended: 'maintenance_updated',
  completed: 'maintenance_ended',
  cancelled: 'maintenance_cancelled',
  text: 'maintenance_updated',
};

/** The kind of the notice that tells an update. */
export function noticeKindOf({ code }: Pick<MaintenanceUpdate, 'code'>): NoticeKind {
  return KINDS[code];
}

export function isRefused<T extends object>(decided: T | Problems): decided is Problems {
  return 'problems' in decided;
}

function newMaintenance(plan: MaintenancePlan, { now, newId }: CommandContext): Maintenance {
  return {
    ...plan,
    id: newId(),
    status: 'draft',
    actual_from: null,
    actual_until: null,
    notice_ms: DEFAULT_NOTICE_MS,
    published_at: null,
    revision: 1,
    reminded: [],
    created_at: now,
    updated_at: now,
  };
}

/**
 * The plan as published now; reminders whose time has passed are not due any more, for this itself
 * reminds.
 */
function published(plan: MaintenancePlan, { now }: CommandContext) {
  return { ...plan, published_at: now, reminded: remindedBy(plan.announced_from, now) };
}

function revised(before: Maintenance, plan: MaintenancePlan, context: CommandContext): Maintenance {
  return {
    ...before,
    ...published(plan, context),
    revision: before.revision + 1,
    // Its end was checked to lie ahead.
    status: before.status === 'overrun' ? 'in_progress' : before.status,
  };
}

function remindedBy(announced_from: EpochMs, now: EpochMs): number[] {
  return REMINDERS_MS.filter((distance_ms) => now >= announced_from - distance_ms);
}

/** The step with its update, unless the words that go with it are wrong. */
function told(
  before: Maintenance | null,
  after: Maintenance,
  { code, text }: { code: MaintenanceUpdateCode; text: Localized | null },
  context: CommandContext,
): MaintenanceStep | Problems {
  const words = tidiedOrNull(text);
  const problems = words ? textProblems('text', words) : [];
  if (problems.length > 0) return { problems };
  const maintenance = {
    ...after,
    updated_at: before ? stamp(before, context.now) : after.updated_at,
  };
  return { maintenance, update: updateOf(maintenance, { code, text: words }, context) };
}

function updateOf(
  { id, status }: Maintenance,
  { code, text }: Pick<MaintenanceUpdate, 'code' | 'text'>,
  { now, newId }: Pick<CommandContext, 'now' | 'newId'>,
): MaintenanceUpdate {
  return { id: newId(), maintenance: id, status, code, text, created_at: now };
}

/** Later than the change before, so that no two versions carry the same stamp. */
function stamp(before: Maintenance, now: EpochMs): EpochMs {
  return Math.max(now, before.updated_at + 1);
}

function hasBegun({ status }: Maintenance): boolean {
  return status === 'in_progress' || status === 'overrun';
}

function statusProblems(
  before: Maintenance | null,
  expected: MaintenanceStatus[],
): MaintenanceProblem[] {
  if (before === null || expected.includes(before.status)) return [];
  return [{ field: 'status', code: 'wrong_status', status: before.status, expected }];
}

function refusal(refused: MaintenanceProblem[], checked: object | Problems): Problems {
  return { problems: [...refused, ...(isRefused(checked) ? checked.problems : [])] };
}
