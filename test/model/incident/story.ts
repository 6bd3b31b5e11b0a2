import type { Note } from '../../../model/component.ts';
import type { IncidentChange, KnownIncident } from '../../../model/incident/change.ts';
import type { DisturbanceOver } from '../../../model/incident/news.ts';
import { publishedStates } from '../../../model/incident/told.ts';
import type { Incident, IncidentUpdate } from '../../../model/incident.ts';
import { advanceIncidents } from '../../../model/judge/incident/advance.ts';
import { DEFAULT_POLICY } from '../../../model/policy.ts';
import { isDisturbed } from '../../../model/severity.ts';
import { SECOND } from '../../../model/time.ts';
import type { State } from '../../../model/vocabulary.ts';
import { T0 } from '../builders.ts';

/** A system whose incident is advanced step by step, as the collector does it. */
export class Story {
  /** The incident that changed last. */
  known: KnownIncident | null = null;
  /** The others. */
  others: KnownIncident[] = [];
  /** Until then we did not measure. */
  blind_until: number | null = null;
  time_that_never_was: { from: number; to: number }[] = [];
  /** What the last look changed: the statuses of each incident before and after. */
  happened: { before: string; event: string; after: string }[] = [];
  /** How long a change has to hold. */
  settle_ms = 0;
  /** By function: since when no maintenance covers it, without that it was measured well. */
  uncovered_since: Record<string, number> = {};
  #ids = 0;
  #since = new Map<string, { state: State; since: number; last_over: DisturbanceOver | null }>();
  /** By function: what else is said of it. */
  notes: Record<string, Note[]> = {};
  /** By function: since when they are, if not since its state is. */
  ails_since: Record<string, number> = {};
  /** By function: of it, known only now that it is over. */
  past: Record<string, DisturbanceOver | DisturbanceOver[]> = {};

  /** Puts components into states at `at` and advances; returns the codes of updates, or null. */
  at(at: number, states: Record<string, State> = {}): string | null {
    for (const [name, state] of Object.entries(states)) {
      const before = this.#since.get(name);
      if (before?.state === state) continue;
      const over = isDisturbed(before?.state) ? { notes: [], simulated: false, until: at } : null;
      const last_over = before && over ? { ...before, ...over } : (before?.last_over ?? null);
      this.#since.set(name, { state, since: at, last_over });
    }
    const all = [...this.others, ...(this.known ? [this.known] : [])];
    const isOver = ({ incident }: KnownIncident) => incident.resolved_at !== null;
    const changes = advanceIncidents({
      system: 'beijing',
      components: [...this.#since].map(([name, it]) => ({
        component: `beijing.${name}`,
        function: name as 'query',
        was: 'operational' as const,
        simulated: false,
        now: it.state,
        uncovered_since: this.uncovered_since[name] ?? null,
        past: [this.past[name] ?? []].flat(),
        notes: this.notes[name] ?? [],
        ails_since: Math.max(it.since, this.ails_since[name] ?? 0),
        ...it,
      })),
      open: all.filter((it) => !isOver(it)),
      resolved: all.filter(isOver),
      only_line: null,
      blind_until: this.blind_until,
      time_that_never_was: this.time_that_never_was,
      now: at,
      policy: { ...DEFAULT_POLICY, settle_ms: this.settle_ms },
      newId: () => `id${++this.#ids}`,
    });
    this.happened = changes.map(({ incident, update }) => {
      const before = all.find((it) => it.incident.id === incident.id)?.incident.status ?? 'none';
      return { before, event: update.code, after: incident.status };
    });
    for (const change of changes) this.#keep(change);
    return changes.length === 0 ? null : changes.map(({ update }) => update.code).join(' ');
  }

  /** What is published of states by the second in which they begin, looked at every second. */
  watch(until_s: number, states: Record<number, Record<string, State>>): string[] {
    const published: string[] = [];
    for (let s = 0; s < until_s; s += 1) {
      const code = this.at(T0 + s * SECOND, states[s] ?? {});
      if (code !== null) published.push(`${s} ${code}${this.last?.told ? ' told' : ''}`);
    }
    return published;
  }

  #keep({ incident, update }: IncidentChange): void {
    const all = [...this.others, ...(this.known ? [this.known] : [])];
    const before = all.find((it) => it.incident.id === incident.id);
    this.others = all.filter((it) => it !== before);
    this.known = { incident, updates: [...(before?.updates ?? []), update] };
  }

  /** A person found the cause of what is investigated. */
  identify(): void {
    if (this.known?.incident.status === 'investigating')
      this.known = { ...this.known, incident: { ...this.incident, status: 'identified' } };
  }

  /** Of functions, what was last published in an open incident of it. */
  publishedOpen(functions: readonly string[]): [string, State | undefined][] {
    const all = [...this.others, ...(this.known ? [this.known] : [])];
    const open = all.filter(({ incident }) => incident.resolved_at === null);
    const states = open.map(({ updates }) => publishedStates(updates));
    return functions.map((name) => {
      const published = states.flatMap((it) => it.get(`beijing.${name}`) ?? []);
      return [name, published.find(isDisturbed) ?? published.at(-1)];
    });
  }

  get incident(): Incident {
    if (!this.known) throw new Error('no incident yet');
    return this.known.incident;
  }

  get last(): IncidentUpdate | undefined {
    return this.known?.updates.at(-1);
  }
}
