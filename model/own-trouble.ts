import type { EpochMs } from './vocabulary.ts';

/**
 * What is wrong with ourselves: a line, the wall clock, the disk, the lock of the database, which
 * another program holds, the ledger (it says something else than the results), this machine
 * (starved or suspended), a process or the measuring thread of a line that ends again and again, or
 * all of them, stopped for good.
 */
export const OWN_TROUBLES = [
  'line',
  'clock',
  'disk',
  'lock',
  'ledger',
  'machine',
  'process',
  'stopped',
] as const;
export type OwnTroubleKind = (typeof OWN_TROUBLES)[number];

/** What an alert of the trouble is about: `disk`, or `line telecom`. */
export function ownSubject({ kind, line }: Pick<OwnTrouble, 'kind' | 'line'>): string {
  return line === null ? kind : `${kind} ${line}`;
}

/** The trouble that an alert is about. */
export function ownTroubleOf(subject: string): Pick<OwnTrouble, 'kind' | 'line'> {
  const [kind, ...line] = subject.split(' ');
  const known = OWN_TROUBLES.find((it) => it === kind);
  if (known === undefined) throw new Error(`"${subject}" is no trouble of our own`);
  return { kind: known, line: line.length === 0 ? null : line.join(' ') };
}

/** A span of trouble of our own; at most one is open per kind and line. */
export interface OwnTrouble {
  kind: OwnTroubleKind;
  /** Id of the line; null when it concerns all of this installation. */
  line: string | null;
  since: EpochMs;
  /** null while it lasts. */
  until: EpochMs | null;
  /** Until then it was known to last, and nobody saw it end. */
  is_end_unseen?: boolean;
  /** Evidence for operators: "SQLITE_FULL", or a code with its values (own-detail.ts). */
  detail: string;
}

/** Whether a line, its thread, the clock or this machine is in trouble; or one neutral host. */
export interface LineCondition {
  kind: 'line' | 'clock' | 'machine' | 'process' | 'neutral';
  line: string;
  /** Of a neutral host: the id of its system. */
  neutral: string | null;
  is_failing: boolean;
  at: EpochMs;
  /** For operators: a code with its values (own-detail.ts). */
  detail: string;
}
