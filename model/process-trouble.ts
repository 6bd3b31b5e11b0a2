import { type OwnTrouble, type OwnTroubleKind, ownSubject } from './own-trouble.ts';
import { MINUTE } from './time.ts';
import type { EpochMs } from './vocabulary.ts';

/** What keeps storage away: a full or failing disk, or a lock that another program holds. */
export type StorageCause = 'disk' | 'lock';

/** Why a process does not do its work. */
export interface NotReady {
  /** null: not that. */
  cause: StorageCause | null;
  /** Since when; null: since it is noticed. */
  since: EpochMs | null;
  /** Evidence for operators: "the database is locked", "exit code 1". Never translated. */
  detail: string;
}

/** What is wrong with a process of ours, as its supervisor sees it. */
export interface ProcessTrouble extends Omit<NotReady, 'since'> {
  /** `collector`, `page`, `notifier` or `simulators`. */
  process: string;
  /**
   * `not_ready`: it runs, but does not do its work; `crashing`: it ends again and again; `ended`:
   * for good, and everything with it.
   */
  kind: 'crashing' | 'not_ready' | 'ended';
  since: EpochMs;
}

/** A process that is not ready, nobody knows why, is no trouble before. */
const NOT_READY_FROM_MS = MINUTE;

/**
 * What is wrong with ourselves by what is wrong with our processes: one matter per cause, however
 * many processes suffer from it, since the first of them does.
 */
export function ownTroublesOf(processes: readonly ProcessTrouble[], now: EpochMs): OwnTrouble[] {
  const found = new Map<OwnTroubleKind, OwnTrouble>();
  for (const it of processes) {
    const kind = kindOf(it);
    if (kind === 'machine' && now - it.since < NOT_READY_FROM_MS) continue;
    const known = found.get(kind);
    if (known !== undefined && known.since <= it.since) continue;
    const detail = `${it.process}: ${it.detail}`;
    found.set(kind, { kind, line: null, since: it.since, until: null, detail });
  }
  return [...found.values()];
}

/** Those known from the processes, without what is known already. */
export function withoutKnown<Trouble extends Pick<OwnTrouble, 'kind' | 'line'>>(
  troubles: readonly Trouble[],
  known: readonly Pick<OwnTrouble, 'kind' | 'line'>[],
): Trouble[] {
  const subjects = new Set(known.map(ownSubject));
  return troubles.filter((it) => !subjects.has(ownSubject(it)));
}

function kindOf({ kind, cause }: ProcessTrouble): OwnTroubleKind {
  if (kind === 'ended') return 'stopped';
  if (cause !== null) return cause;
  return kind === 'crashing' ? 'process' : 'machine';
}
