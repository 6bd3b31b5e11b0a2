import type { UpdateCode } from './incident.ts';
import type { MaintenanceUpdateCode } from './maintenance.ts';
import type { NoticeKind } from './notice.ts';

/** A notice of a matter by what it says. */
export interface Telling {
  kind: NoticeKind;
  /** Of its update; null: it has none. */
  code: UpdateCode | MaintenanceUpdateCode | null;
  /** Whether a person says something in it. */
  has_words: boolean;
}

/** With these the matter is over. */
const ENDS: readonly NoticeKind[] = [
  'incident_resolved',
  'maintenance_ended',
  'maintenance_cancelled',
  'alert_resolved',
];

/** Whether a notice says that its matter is over. */
export function isEnd(kind: NoticeKind): boolean {
  return ENDS.includes(kind);
}

/** What is announced now is another plan than before. */
const REVISING: readonly (Telling['code'] | undefined)[] = ['revised', 'extended'];

/**
 * Of notices of one matter that wait for one recipient, in order, the index of the one that is
 * told: the newest that says how the matter stands, which contains what those before it said. Words
 * of a person say that of nothing.
 */
export function toldOf(waiting: readonly Telling[]): number {
  const last = waiting.findLastIndex(({ code }) => code !== 'text');
  return last === -1 ? waiting.length - 1 : last;
}

/**
 * Of notices that were overtaken, those that are still said in the message of the one that is told:
 * words of a person, unless the matter has ended since; and to whom has heard of an earlier plan,
 * that there is another one. `all`: with the one that is told, in order.
 */
export function saidWith<T extends Telling>(
  all: readonly T[],
  told: T,
  is_first: boolean,
): readonly T[] {
  const saysPlan = (it: T) => REVISING.includes(it.code);
  return all.filter((it, i) => {
    if (it === told || all.slice(i + 1).some(({ kind }) => isEnd(kind))) return false;
    return it.has_words || (saysPlan(it) && !is_first && !saysPlan(told));
  });
}

const BEGINNINGS: Partial<Record<NoticeKind, NoticeKind>> = {
  incident_updated: 'incident_opened',
  maintenance_updated: 'maintenance_announced',
  alert_changed: 'alert_opened',
};

/** The kind as which it is told: to whom has heard nothing of a matter, what changed begins it. */
export function kindAsTold(kind: NoticeKind, is_first: boolean): NoticeKind {
  return (is_first && BEGINNINGS[kind]) || kind;
}
