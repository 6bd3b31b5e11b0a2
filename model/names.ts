import type { Note } from './component.ts';
import type { Check, Configuration } from './configuration.ts';
import { untranslated } from './languages.ts';
import type { NoteNames } from './overview.ts';
import {
  type ComponentId,
  FORMATS,
  FUNCTIONS,
  type InvoiceFunction,
  type Localized,
  systemOf,
} from './vocabulary.ts';

/** Display names for notes: the checks of a component and the lines they measure from. */
export function noteNames(
  checks: readonly Check[],
  { lines }: Pick<Configuration, 'lines'>,
): NoteNames {
  const measured_from = lines.filter((line) => checks.some((it) => it.line === line.id));
  return {
    checks: checkNames(checks.map((it) => it.id)),
    lines: Object.fromEntries(measured_from.map((line) => [line.id, line.name])),
  };
}

/** The names of the systems whose functions a component waits for, by its notes. */
export function neededNames(
  notes: readonly Note[],
  configuration: Pick<Configuration, 'systems'>,
): Pick<NoteNames, 'needed'> {
  const waited_for = notes.flatMap((note) =>
    note.code === 'not_judged' && note.waits_for !== undefined ? [note.waits_for] : [],
  );
  if (waited_for.length === 0) return {};
  const named = waited_for.map((id) => [id, systemName(systemOf(id), configuration)] as const);
  return { needed: Object.fromEntries(named) };
}

/**
 * Display names of several checks of one function: the part that their ids do not share
 * (`beijing-download-pdf` → PDF). Empty for a single check.
 */
export function checkNames(ids: readonly string[]): Record<string, string> {
  if (ids.length < 2) return {};
  const words = ids.map((id) => id.split('-'));
  const shared = words[0]?.findIndex((word, i) => words.some((other) => other[i] !== word)) ?? 0;
  return Object.fromEntries(
    ids.map((id, i) => {
      const own = words[i]?.slice(Math.max(0, shared)).join('-') || id;
      return [id, FORMATS.some((format) => format === own) ? own.toUpperCase() : own];
    }),
  );
}

/** The display name of a system; the id when it is no longer configured. */
export function systemName(id: string, { systems }: Pick<Configuration, 'systems'>): Localized {
  return systems.find((it) => it.id === id)?.name ?? untranslated(id);
}

/** The display name of a line; its id when it is no longer configured; null for none. */
export function lineName(
  id: string | null,
  { lines }: Pick<Configuration, 'lines'>,
): Localized | null {
  if (id === null) return null;
  return lines.find((it) => it.id === id)?.name ?? untranslated(id);
}

/** Components grouped by system, functions in the order of FUNCTIONS. */
export function scopeOf(
  components: readonly ComponentId[],
  configuration: Pick<Configuration, 'systems'>,
): { system: string; system_name: Localized; functions: InvoiceFunction[] }[] {
  const by_system = Map.groupBy(components, systemOf);
  return [...by_system].map(([system, ids]) => ({
    system,
    system_name: systemName(system, configuration),
    functions: FUNCTIONS.filter((fn) => ids.includes(`${system}.${fn}`)),
  }));
}
