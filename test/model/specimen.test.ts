import { expect, test } from 'vitest';
import { countCopy, learnedCopies, type SeenCopy, type Specimen } from '../../model/specimen.ts';
import { DAY } from '../../model/time.ts';
import { dayAt } from '../../model/zone.ts';

const ZONE = 'Asia/Shanghai';
const MORNING = Date.parse('2026-11-26T09:00:00+08:00');
const facts = { number: 'n', amounts: 'a', text: 't' };

/** A download of these bytes. */
function seen(sha256: string, at: number, updated = false): SeenCopy {
  const copy = { invoice: 'i', format: 'pdf' as const, sha256, size: 1, facts, notes: [] };
  return { check: 'download', copy, updated, at, day: dayAt(ZONE, at) };
}

/** What is known after these downloads, and the kinds of changes on the way. */
function after(...downloads: SeenCopy[]): { specimen: Specimen | null; kinds: string[] } {
  let specimen: Specimen | null = null;
  const kinds: string[] = [];
  for (const download of downloads) {
    const counted = countCopy(specimen, download);
    specimen = counted.specimen;
    kinds.push(...counted.changes.map(({ kind }) => kind));
  }
  return { specimen, kinds };
}

test('a file is learned after three identical downloads on two days of the zone', () => {
  const twice = after(seen('x', MORNING), seen('x', MORNING + DAY));
  expect(twice).toMatchObject({ specimen: { learned_at: null, days: 2 }, kinds: [] });
  const thrice = after(seen('x', MORNING), seen('x', MORNING + 1), seen('x', MORNING + DAY));
  expect(thrice).toMatchObject({
    specimen: { learned_at: MORNING + DAY, downloads: 3, days: 2, first_seen_at: MORNING },
    kinds: ['learned'],
  });
});

test('many downloads on one day are one day, and midnight is that of the zone', () => {
  const same_day = Array.from({ length: 50 }, (_, n) => seen('x', MORNING + n));
  expect(after(...same_day)).toMatchObject({ specimen: { learned_at: null, days: 1 }, kinds: [] });
  const evening = Date.parse('2026-11-26T23:59:59+08:00');
  const before_midnight = [seen('x', MORNING), seen('x', evening)];
  expect(after(...before_midnight, seen('x', evening + 1_000)).kinds).toEqual(['learned']);
});

test('other bytes start anew while none is learned', () => {
  const { specimen, kinds } = after(
    seen('x', MORNING),
    seen('x', MORNING + 1),
    seen('y', MORNING + DAY),
    seen('x', MORNING + DAY + 1),
  );
  expect(specimen).toMatchObject({ sha256: 'x', downloads: 1, days: 1, learned_at: null });
  expect(kinds).toEqual([]);
});

test('a learned file is replaced by confirmed bytes only, at once', () => {
  const learned = [seen('x', MORNING), seen('x', MORNING + 1), seen('x', MORNING + DAY)];
  const unconfirmed = after(...learned, seen('y', MORNING + DAY + 1));
  expect(unconfirmed).toMatchObject({ specimen: { sha256: 'x' }, kinds: ['learned'] });
  const updated = after(...learned, seen('y', MORNING + DAY + 1, true));
  expect(updated.specimen).toMatchObject({ sha256: 'y', learned_at: MORNING + DAY + 1 });
  expect(updated.kinds).toEqual(['learned', 'updated']);
  const again = after(...learned, seen('y', MORNING + DAY + 1, true), seen('y', MORNING + DAY + 2));
  expect(again).toMatchObject({ specimen: { downloads: 2 }, kinds: ['learned', 'updated'] });
});

test('a result of before does not move the last sighting back', () => {
  const { specimen } = after(seen('x', MORNING + DAY), seen('x', MORNING));
  expect(specimen).toMatchObject({ last_seen_at: MORNING + DAY, days: 1, downloads: 2 });
});

test('only learned files are compared with', () => {
  const candidate = after(seen('x', MORNING)).specimen as Specimen;
  expect(learnedCopies([candidate])).toEqual([]);
  const learned = { ...candidate, learned_at: MORNING };
  expect(learnedCopies([candidate, learned])).toEqual([seen('x', MORNING).copy]);
});
