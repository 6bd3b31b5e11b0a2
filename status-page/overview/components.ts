import type { ComponentStatus } from '../../model/component.ts';
import type { Check, Configuration, System } from '../../model/configuration.ts';
import { isScheduled } from '../../model/configuration.ts';
import type { ComponentView, NoteNames } from '../../model/overview.ts';
import { componentId, type EpochMs, FUNCTIONS } from '../../model/vocabulary.ts';

/** The components of a system in the order of a person's work, as they stand at `now`. */
export function componentsOf({
  system,
  configuration,
  statuses,
  now,
}: {
  system: System;
  configuration: Configuration;
  statuses: ReadonlyMap<string, ComponentStatus>;
  now: EpochMs;
}): ComponentView[] {
  return FUNCTIONS.flatMap((fn) => {
    const checks = configuration.checks.filter(
      (check) => check.system === system.id && check.function === fn,
    );
    if (checks.length === 0) return [];
    const id = componentId(system.id, fn);
    const status = statuses.get(id);
    return {
      ...(status ? expire(status, now) : neverMeasured()),
      id,
      system: system.id,
      system_name: system.name,
      function: fn,
      names: namesOf(checks, configuration),
    };
  });
}

type Standing = Pick<
  ComponentView,
  'state' | 'since' | 'notes' | 'measured_at' | 'valid_until' | 'recent' | 'sync'
>;

/**
 * What may be said of a component at `now`: past its `valid_until` only "unknown". The page derives it by itself, so
 * that a dead collector turns it grey.
 */
export function expire({ component: _, ...standing }: ComponentStatus, now: EpochMs): Standing {
  const { state, valid_until, measured_at } = standing;
  if (state === 'unknown' || valid_until === null || now < valid_until) return standing;
  return {
    ...standing,
    state: 'unknown',
    since: valid_until,
    notes: [{ code: 'expired', last_slot_at: measured_at ?? valid_until }],
  };
}

function neverMeasured(): Standing {
  return {
    state: 'unknown',
    since: null,
    notes: [{ code: 'never_measured' }],
    measured_at: null,
    valid_until: null,
    recent: null,
    sync: null,
  };
}

function namesOf(checks: readonly Check[], configuration: Configuration): NoteNames {
  const lines = configuration.lines.filter((line) => checks.some((it) => it.line === line.id));
  return {
    checks: checks.length > 1 ? Object.fromEntries(checks.map((it) => [it.id, label(it)])) : {},
    lines: Object.fromEntries(lines.map((line) => [line.id, line.name])),
  };
}

/** Several checks of one function differ by the file format they ask for; what differs otherwise goes by its id. */
function label(check: Check): string {
  const format = isScheduled(check) ? check.options.format : undefined;
  return typeof format === 'string' ? format.toUpperCase() : check.id;
}
