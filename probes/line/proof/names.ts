import { NUMBERS } from '../../../model/numbers.ts';
import type { NameTries, Proof } from '../../../model/proof.ts';
import { SECOND } from '../../../model/time.ts';
import type { Reason } from '../../../model/vocabulary.ts';
import { registrableDomain } from '../../exchange/registrable-domain.ts';
import { anyOrAll } from './any-or-all.ts';
import { shared } from './shared.ts';
import type { SystemLookup } from './system-lookup.ts';
import { undelayed } from './undelayed.ts';

/** Proves whose fault it is that a name does not resolve. */
export interface NameProofs {
  /** Asks about the others, now. Resolves within 10 s, never rejects. */
  about(failing: FailedName): Promise<NameFacts>;
  /** A name resolved, in a run or when it was asked for. */
  resolved(name: string): void;
  /** The line carries answers again: the control name may resolve again. */
  doubt(): void;
}

export interface FailedName {
  name: string;
  reason: Reason | null;
  /** When the run began, by the monotonic clock. */
  started_at: number;
}

export interface NameFacts extends Pick<Proof, 'control'> {
  resolver_differs: boolean;
  names: NameTries;
}

/** A name, and whether name servers say now that it has an address; null: something else does. */
export interface AskedName {
  name: string;
  resolves: () => Promise<boolean | null>;
}

export interface NameProofsParts {
  /** A name that is always there; null: none. Never rejects. */
  control: { name: string; resolves: () => Promise<boolean> } | null;
  /** Those of the line. */
  names: readonly AskedName[];
  system_lookup: SystemLookup;
  monotonic: () => number;
}

/** Asking again for a name that did not resolve costs next to nothing. */
const AGAIN_AFTER_MS = 10 * SECOND;
/** Names that are asked for, of owners of their own. */
const MOST = 8;

export function createNameProofs(parts: NameProofsParts): NameProofs {
  const { control, system_lookup, monotonic } = parts;
  const resolved_at = new Map<string, number>();
  const fails_since = new Map<string, number>();
  const own = new Set(parts.names.map(({ name }) => name));
  const asked = parts.names.map(({ name, resolves }) => ({
    name,
    shared: shared({ ask: soon(resolves), isGood: (it) => it !== false, ...again() }),
  }));
  const controlled = shared({
    ask: soon(async () => (await control?.resolves()) ?? false),
    isGood: (it) => it === true,
    ...again(),
  });
  let control_failed_at = Number.NEGATIVE_INFINITY;

  return {
    async about({ name, reason, started_at }) {
      const lane = reason === 'timeout_resolve' ? 'hung' : 'denied';
      const [says, resolver_differs, names] = await Promise.all([
        askControl(name, started_at),
        system_lookup.finds(name, lane),
        askOthers(name),
      ]);
      return { control: says, resolver_differs, names };
    },
    resolved(name) {
      // Redirects lead to ever new names.
      if (own.has(name)) nameResolves(name);
    },
    doubt: controlled.doubt,
  };

  function again() {
    return { keep_bad_ms: AGAIN_AFTER_MS, monotonic };
  }

  /** What failed while our own thread stood still is asked once more. */
  function soon(ask: () => Promise<boolean | null>): () => Promise<boolean | null> {
    return async () =>
      (await undelayed({ ask, isGood: (it) => it !== false, monotonic }))?.answer ?? null;
  }

  /** A control name that is the failing one proves nothing, nor one that failed meanwhile. */
  async function askControl(failing: string, started_at: number): Promise<Proof['control']> {
    if (control === null || control.name === failing) return null;
    const resolves = await controlled.ask();
    if (resolves === null) return null;
    if (!resolves) control_failed_at = monotonic();
    return resolves && control_failed_at < started_at ? 'resolved' : 'failed';
  }

  /** Names of the same owner as the control name may be known to a server that knows no others. */
  async function askOthers(failing: string): Promise<NameTries> {
    const of_control = control === null ? null : registrableDomain(control.name);
    const owner = registrableDomain(failing);
    // The list of public suffixes is large, and loaded when something fails.
    const owned = asked.map((it) => ({ ...it, owner: registrableDomain(it.name) }));
    const unrelated = owned.filter((it) => it.owner !== owner && it.owner !== of_control);
    const others = firstsOf(byLikelihood(unrelated));
    const told = new Map<string, boolean | null>();
    const asking = others.map(async ({ name, shared: it }) => {
      const resolves = await it.ask();
      told.set(name, resolves);
      if (resolves === true) nameResolves(name);
      if (resolves === false) nameFails(name);
      return resolves === true;
    });
    nameFails(failing);
    await anyOrAll(asking);
    const failed = [...told].flatMap(([name, resolves]) => (resolves === false ? [name] : []));
    const all_failed = owner === of_control ? failed : [failing, ...failed];
    return {
      failed: all_failed.length,
      lost: all_failed.filter(wasThereLately).length,
      resolved: [...told.values()].filter((resolves) => resolves === true).length,
    };
  }

  /** Those first that resolved last: they are the likeliest to resolve. */
  function byLikelihood<T extends { name: string }>(names: readonly T[]): T[] {
    const at = ({ name }: T) => resolved_at.get(name) ?? 0;
    return names.toSorted((a, b) => at(b) - at(a));
  }

  function nameResolves(name: string): void {
    resolved_at.set(name, monotonic());
    fails_since.delete(name);
  }

  function nameFails(name: string): void {
    if (own.has(name) && !fails_since.has(name)) fails_since.set(name, monotonic());
  }

  /**
   * When it began to fail: what is lost to us does not become theirs by lasting. One that had not
   * resolved for longer may be gone for good.
   */
  function wasThereLately(name: string): boolean {
    const failed_at = fails_since.get(name) ?? monotonic();
    const ago_ms = failed_at - (resolved_at.get(name) ?? Number.NEGATIVE_INFINITY);
    return ago_ms <= NUMBERS.proof.name_resolved_within_ms;
  }
}

/** Of each owner the first, and no more than enough. */
function firstsOf<T extends { owner: string }>(names: readonly T[]): T[] {
  const owners = new Map<string, T>();
  for (const it of names) if (!owners.has(it.owner)) owners.set(it.owner, it);
  return [...owners.values()].slice(0, MOST);
}
