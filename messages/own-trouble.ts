import type { Gap } from '../model/component.ts';
import type { OwnTroubleView } from '../model/overview.ts';
import { MINUTE } from '../model/time.ts';
import type { PageWords } from './words.ts';

/** What is wrong with ourselves: 我们的线路（电信）有故障. */
export function ownTroubleName(
  { kind, line_name }: Pick<OwnTroubleView, 'kind' | 'line_name'>,
  words: PageWords,
): string {
  return kind === 'line' && line_name !== null
    ? words.text('own.line_named', { line: words.name(line_name) })
    : words.text(`own.${kind}`);
}

/** What it means for the states that we tell, as a sentence. */
export function ownTroubleEffect({ kind }: Pick<OwnTroubleView, 'kind'>, words: PageWords): string {
  return words.text(`own.${kind}_effect`);
}

/** Both, as sentences. */
export function ownTroubleText(
  trouble: Pick<OwnTroubleView, 'kind' | 'line_name'>,
  words: PageWords,
): string {
  return words.text('own.told', {
    what: ownTroubleName(trouble, words),
    effect: ownTroubleEffect(trouble, words),
  });
}

/**
 * A gap within something else: 其中 14:02 – 14:05 没有测量（时钟拨快）. What could not be recorded may have
 * been measured, and be recorded since.
 */
export function gapSentence({ from, to, cause }: Gap, words: PageWords): string {
  const is_unrecorded = isUnrecorded(cause);
  return words.text(is_unrecorded ? 'gap.of_incident_unrecorded' : 'gap.of_incident', {
    ...gapTimes({ from, to }, words),
    cause: words.text(`gap.${cause}`),
  });
}

/** Whether it was measured in a gap of that cause, and only not recorded in time. */
export function isUnrecorded(cause: Gap['cause']): boolean {
  return cause === 'disk' || cause === 'lock';
}

/** When a gap began and ended: to the second where the minutes would tell nothing. */
export function gapTimes(
  { from, to }: Pick<Gap, 'from' | 'to'>,
  words: PageWords,
): { from: string; to: string } {
  if (to - from >= MINUTE) return { from: words.dateTime(from), to: words.timeNear(to, from) };
  return { from: words.dateTimeSeconds(from), to: words.clock(to) };
}
