import { expect, test } from 'vitest';
import { accountingOf, type MaintenanceRevision } from '../../../model/maintenance/excluded.ts';
import { HOUR } from '../../../model/time.ts';

const notice_ms = 24 * HOUR;
const components = ['beijing.download'];
const notRun = { actual_from: null, actual_until: null };

/** Hours: published, from, until. */
function revision(published: number | null, from: number, until: number): MaintenanceRevision {
  return {
    published_at: published === null ? null : published * HOUR,
    announced_from: from * HOUR,
    announced_until: until * HOUR,
    components,
  };
}

type Ran = Record<'actual_from' | 'actual_until', number | null>;

test.each<[string, MaintenanceRevision[], Ran, [number, number] | string]>([
  ['announced in time', [revision(0, 24, 26)], notRun, [24, 26]],
  ['announced too late', [revision(1, 24, 26)], notRun, 'announced_late'],
  ['a draft', [revision(null, 24, 26)], notRun, 'announced_late'],
  [
    'moved in time: only the new time',
    [revision(0, 48, 50), revision(1, 72, 74)],
    notRun,
    [72, 74],
  ],
  [
    'moved too late: what is left of the old time',
    [revision(0, 48, 50), revision(47, 49, 51)],
    notRun,
    [49, 50],
  ],
  ['moved too late, and far', [revision(0, 48, 50), revision(47, 60, 62)], notRun, 'revised_late'],
  [
    'extended late: without the extension',
    [revision(0, 24, 26), revision(25, 24, 30)],
    notRun,
    [24, 26],
  ],
  [
    'edited as a draft after publication',
    [revision(0, 24, 26), revision(null, 24, 30)],
    notRun,
    [24, 26],
  ],
  ['overrun', [revision(0, 24, 26)], { actual_from: 24, actual_until: 29 }, [24, 26]],
  ['ended early', [revision(0, 24, 26)], { actual_from: 24, actual_until: 25 }, [24, 25]],
  ['started late', [revision(0, 24, 26)], { actual_from: 25, actual_until: null }, [25, 26]],
  [
    'shortened late: not beyond the new end, which is what is announced now',
    [revision(0, 24, 28), revision(23, 24, 26)],
    notRun,
    [24, 26],
  ],
  [
    'moved too late, and run from its old start on: only what is announced now too',
    [revision(0, 24, 28), revision(23, 26, 30)],
    { actual_from: 24, actual_until: null },
    [26, 28],
  ],
  ['run later', [revision(0, 24, 26)], { actual_from: 30, actual_until: 31 }, 'ran_otherwise'],
  ['run before', [revision(0, 72, 74)], { actual_from: 25, actual_until: 26 }, 'ran_otherwise'],
])('%s', (_, revisions, { actual_from, actual_until }, expected) => {
  const accounting = accountingOf(revisions, {
    notice_ms,
    actual_from: actual_from === null ? null : actual_from * HOUR,
    actual_until: actual_until === null ? null : actual_until * HOUR,
  });
  if (typeof expected === 'string')
    expect(accounting).toEqual({ excluded: null, because: expected });
  else {
    const [from = 0, to = 0] = expected;
    const excluded = { from: from * HOUR, to: to * HOUR, components };
    expect(accounting).toEqual({ excluded, because: null });
  }
});

test('of a scope that was changed late only what both name is excused', () => {
  const of = (published: number, names: string[]) => ({
    ...revision(published, 24, 26),
    components: names,
  });
  const asked = { notice_ms, actual_from: null, actual_until: null };
  const both = accountingOf([of(0, ['a', 'b']), of(23, ['b', 'c'])], asked);
  expect(both.excluded?.components).toEqual(['b']);
  const neither = accountingOf([of(0, ['a']), of(23, ['c'])], asked);
  expect(neither).toEqual({ excluded: null, because: 'revised_late' });
});
