import { expect, test } from 'vitest';
import { emptyLiveState, forgetSpecimens, keepSpecimen } from '../../collector/state/live-state.ts';
import { siteOf } from '../../collector/state/site.ts';
import { learnedCopies, type Specimen, type SpecimenCopy } from '../../model/specimen.ts';
import { DAY, SECOND } from '../../model/time.ts';
import type { ResultNote } from '../../model/vocabulary.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

const CHECK = 'bureau-query';
const FIRST: SpecimenCopy = {
  invoice: '1'.repeat(64),
  format: 'pdf',
  sha256: 'a'.repeat(64),
  size: 20_000,
  facts: { number: 'n', amounts: 'a', text: null },
  notes: [],
};
const EDITED: SpecimenCopy = { ...FIRST, sha256: 'b'.repeat(64) };

/** A sound download at a slot. */
const download = (slot_at: number, file: SpecimenCopy | null, notes: ResultNote[] = []) => ({
  ...query(slot_at),
  file,
  notes,
});

test('a file is learned across restarts, and a new edition replaces it', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const slots = [START, START + SECOND, START + DAY, START + DAY + SECOND];
  for (const slot_at of slots.slice(0, 3)) {
    const { recorder, live } = await resumeRecorder(store);
    expect(learnedCopies(live.specimens.get(CHECK) ?? [])).toEqual([]);
    await recorder.result(download(slot_at, FIRST));
  }
  const { recorder, live } = await resumeRecorder(store);
  expect(learnedCopies(live.specimens.get(CHECK) ?? [])).toEqual([FIRST]);

  await recorder.result(download(START + DAY + SECOND, EDITED));
  expect(learnedCopies(live.specimens.get(CHECK) ?? []), 'not confirmed').toEqual([FIRST]);
  await recorder.result(download(START + DAY + 2 * SECOND, EDITED, ['file_updated']));
  expect(learnedCopies(live.specimens.get(CHECK) ?? [])).toEqual([EDITED]);

  const resumed = await resumeRecorder(store);
  expect(resumed.live.specimens).toEqual(live.specimens);
  const changes = await store.specimenChanges({ check: CHECK, limit: 10 });
  expect(changes.map(({ kind, sha256 }) => [kind, sha256])).toEqual([
    ['updated', EDITED.sha256],
    ['learned', FIRST.sha256],
  ]);
  await store.close();
});

test('invoices of one check are learned apart, and bad downloads count for none', async () => {
  stopTime();
  const { store } = await openSiteStore();
  const { recorder, live } = await resumeRecorder(store);
  const other: SpecimenCopy = { ...EDITED, invoice: '2'.repeat(64) };
  for (const [n, at] of [START, START + 2 * SECOND, START + DAY].entries()) {
    await recorder.result(download(at, FIRST));
    await recorder.result(download(at + SECOND, n === 1 ? null : other));
  }
  const known = live.specimens.get(CHECK) ?? [];
  expect(learnedCopies(known)).toEqual([FIRST]);
  expect(known.map(({ downloads }) => downloads).sort()).toEqual([2, 3]);
  await store.close();
});

test('memory keeps the files of a check that were seen last, and those that are stored', () => {
  const live = emptyLiveState(siteOf(configuration()), START);
  const numbered = (n: number): Specimen => ({
    ...FIRST,
    invoice: String(n),
    check: CHECK,
    first_seen_at: START,
    last_seen_at: START + n,
    last_day: '2026-01-01',
    days: 1,
    downloads: 1,
    learned_at: null,
  });
  for (let n = 1; n < 300; n += 1) {
    keepSpecimen(live, numbered(n));
    keepSpecimen(live, { ...numbered(0), last_seen_at: START + n });
  }
  const kept = () => live.specimens.get(CHECK)?.map(({ invoice }) => invoice) ?? [];
  expect(kept()).toHaveLength(200);
  expect(kept().slice(-2)).toEqual(['299', '0']);
  forgetSpecimens(live, START + 299);
  expect(kept()).toEqual(['299', '0']);
  forgetSpecimens(live, START + DAY);
  expect(live.specimens.size).toBe(0);
});
