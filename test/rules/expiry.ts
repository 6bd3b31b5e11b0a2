import { expect } from 'vitest';
import { stepOfCertificates } from '../../collector/judging/certificates.ts';
import { recordingOfDomain } from '../../collector/judging/domains.ts';
import { advance } from '../../collector/state/live-state.ts';
import { passedDays } from '../../model/expiry.ts';
import type { Result } from '../../model/result.ts';
import { DAY, MINUTE, SECOND } from '../../model/time.ts';
import { START } from '../collector/configuration.ts';
import { judgedSite, query } from '../collector/judged-site.ts';
import { rowsOf } from './row.ts';

const HOST = 'fp.example';

/** What was passed of one that is valid for so many days, with so many to go. */
function passed(left_days: number, lifetime_days: number): number | null {
  const expires_at = START + left_days * DAY;
  return passedDays({ valid_from: expires_at - lifetime_days * DAY, expires_at }, START);
}

/** Of one of 90 days. */
const certificate = (left_days: number, at = START, host = HOST) => {
  const expires_at = at + left_days * DAY;
  return { host, valid_from: expires_at - 90 * DAY, expires_at };
};

/** Says of each run what operators are told. */
function told(runs: readonly Partial<Result>[]): string[][] {
  const { site, live } = judgedSite();
  let ids = 0;
  return runs.map((changed, n) => {
    const run = query(START + n * MINUTE, changed);
    const context = { site, live, now: run.slot_at + SECOND, newId: () => `id${++ids}` };
    const step = stepOfCertificates(context, run);
    if (step) advance(live, step);
    return (step?.recording.notices ?? []).map(({ kind }) => kind.slice('alert_'.length));
  });
}

const END = certificate(20);
const LATER = certificate(88);
const shown = (...certificates: Result['certificates'][number][]) => ({ certificates });
const other = { ...shown(END), check: 'shop-upload' };

export const EXPIRY = [
  ...rowsOf('ALERT-2', {
    'not before 30 days, and from 30, 14, 7 and 1 on': () => {
      const left = [31, 30.01, 30, 14.01, 14, 7.01, 7, 1.01, 1, 0.01];
      expect(left.map((days) => passed(days, 397))).toEqual([
        ...[null, null, 30, 30, 14, 14, 7, 7, 1, 1],
      ]);
    },
    'no more days than half of its time: of 90, 60, 47, 28, 14, 6 and 2 days': () => {
      expect([90, 60, 47, 28, 14, 6, 2].map((days) => passed(1.9, days))).toEqual([
        ...[7, 7, 7, 7, 7, null, null],
      ]);
      expect(passed(20, 60)).toBe(30);
      expect(passed(20, 59)).toBe(null);
      expect(passed(13, 28)).toBe(14);
      expect(passed(13, 27)).toBe(null);
      expect(passed(0.9, 6)).toBe(1);
      expect(passed(0.9, 1.9)).toBe(null);
    },
  }),
  ...rowsOf('ALERT-3', {
    'each once of a certificate, by whatever check': () =>
      expect(told([shown(END), shown(END), other, other])).toEqual([['opened'], [], [], []]),
    'again at the next, and of what was passed unmeasured nothing': () => {
      const at = (days: number) => shown({ ...END, expires_at: START + days * DAY });
      const runs = [30, 14, 14].map((days) => ({ ...at(30), slot_at: START + (30 - days) * DAY }));
      const dated = [...runs, { ...at(30), slot_at: START + 29.5 * DAY }].map((it) => ({
        ...it,
        started_at: it.slot_at,
      }));
      expect(told(dated)).toEqual([['opened'], ['changed'], [], ['changed']]);
    },
    'one that replaces it and ends soon too is another': () =>
      expect(told([shown(END), shown(certificate(25))])).toEqual([['opened'], ['changed']]),
    'nothing of neutral hosts, of made-up history, or where none was shown': () =>
      expect(
        told([{ ...shown(END), check: 'none' }, { ...shown(END), simulated: true }, shown()]),
      ).toEqual([[], [], []]),
  }),
  ...rowsOf('ALERT-5', {
    'a domain as a certificate, however long it is registered': () => {
      const left = [31, 30, 14, 7, 1, 0, -3];
      const of_domain = left.map((days) =>
        passedDays({ valid_from: null, expires_at: START + days * DAY }, START),
      );
      expect(of_domain).toEqual([null, 30, 14, 7, 1, 1, 1]);
    },
    'that it does not answer says nothing, and it ends when it was renewed': () => {
      const { site, live } = judgedSite();
      let ids = 0;
      const context = { site, live, now: START + MINUTE, newId: () => `id${++ids}` };
      const asked = { name: 'example.com', asked_at: START };
      const toldOf = (expires_at: number | null, measured_at: number | null) => {
        const recording = recordingOfDomain(context, { ...asked, expires_at, measured_at });
        advance(live, { recording });
        return (recording.notices ?? []).map(({ kind }) => kind);
      };
      expect(toldOf(START + 5 * DAY, START)).toEqual(['alert_opened']);
      expect(toldOf(START + 5 * DAY, START - DAY)).toEqual([]);
      expect(toldOf(null, null)).toEqual([]);
      expect(toldOf(START + 370 * DAY, START)).toEqual(['alert_resolved']);
    },
  }),
  ...rowsOf('ALERT-4', {
    'ends after three in a row with another': () =>
      expect(told([END, LATER, LATER, LATER].map((it) => shown(it)))).toEqual([
        ...[['opened'], [], [], ['resolved']],
      ]),
    'not while one of several servers shows the old one': () =>
      expect(told([END, LATER, LATER, END, LATER, LATER].map((it) => shown(it)))).toEqual([
        ...[['opened'], [], [], [], [], []],
      ]),
    'nor while another check saw it last': () => {
      const replaced = Array.from({ length: 3 }, () => shown(LATER));
      expect(told([shown(END), other, ...replaced])).toEqual([['opened'], [], [], [], []]);
    },
    'ends when good runs lead to the host no longer, not when they fail before it': () => {
      const elsewhere = shown(certificate(88, START, 'new.example'));
      const before = { ...elsewhere, outcome: 'system', reason: 'http_status' } as const;
      expect(told([shown(END), ...Array.from({ length: 3 }, () => before)]).flat()).toEqual([
        'opened',
      ]);
      expect(told([shown(END), ...Array.from({ length: 3 }, () => elsewhere)]).flat()).toEqual([
        'opened',
        'resolved',
      ]);
    },
  }),
];
