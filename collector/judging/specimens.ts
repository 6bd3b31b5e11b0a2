import { endedAt, type Result } from '../../model/result.ts';
import { countCopy } from '../../model/specimen.ts';
import { dayAt } from '../../model/zone.ts';
import type { Facts, JudgingContext } from './evaluation.ts';

/** What one more sound download says about the file that the check downloads. */
export function countedFile(
  { live, site }: JudgingContext,
  result: Result,
): Pick<Facts, 'specimens' | 'specimen_changes'> {
  const { check, file: copy, notes } = result;
  if (copy === null) return {};
  const before = live.specimens.get(check)?.find((it) => it.invoice === copy.invoice) ?? null;
  const at = endedAt(result);
  const updated = notes.includes('file_updated');
  const seen = { check, copy, updated, at, day: dayAt(site.zone, at) };
  const { specimen, changes } = countCopy(before, seen);
  return { specimens: [specimen], specimen_changes: changes };
}
