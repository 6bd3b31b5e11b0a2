import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../model/time.ts';
import {
  CHECKED,
  FILE_VERDICTS,
  FORMATS,
  OUTCOMES,
  REASONS,
  RESULT_NOTES,
} from '../../../model/vocabulary.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aBadResult, aResult, NUMBER, QUERY, T0, UPLOAD } from './samples.ts';

export function resultContract(open: () => Promise<OpenDatabase>): void {
  describe('results', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('come back as they were written, in whole milliseconds', async () => {
      const result = aResult({
        started_at: T0 + 3.4,
        duration_ms: 120.6,
        confirming: true,
        simulated: true,
        phases: { resolve: 0.4, connect: 12.2, tls: 30, processing: 70.5, transfer: 8 },
        certificate_expires_at: T0 + 86_400_999,
        integrity: {
          format: 'ofd',
          verdict: 'sound',
          checked: 'digests',
          reason: null,
          where: null,
        },
        notes: ['weak_key', 'in_archive'],
      });
      await store.record({ results: [result] });
      expect(await store.results({ from: T0, to: T0 + 1, limit: 10 })).toEqual([
        {
          ...result,
          started_at: T0 + 3,
          duration_ms: 121,
          phases: { resolve: 0, connect: 12, tls: 30, processing: 71, transfer: 8 },
          certificate_expires_at: Math.floor((T0 + 86_400_999) / 1_000) * 1_000,
        },
      ]);
    });

    test('keep every outcome, reason and verdict', async () => {
      const words = [
        ...OUTCOMES.map((outcome) => ({ outcome })),
        ...REASONS.map((reason) => ({ outcome: 'system' as const, reason })),
        ...RESULT_NOTES.map((note) => ({ outcome: 'ok' as const, notes: [note] })),
        ...FILE_VERDICTS.flatMap((verdict) =>
          CHECKED.map((checked, n) => ({
            outcome: 'corrupt' as const,
            reason: 'structure' as const,
            integrity: {
              format: FORMATS[n % FORMATS.length] ?? 'pdf',
              verdict,
              checked,
              reason: 'structure' as const,
              where: 'Doc_0/Pages/Page_0/Content.xml',
            },
          })),
        ),
      ];
      const results = words.map((word, n) => aResult({ slot_at: T0 + n, ...word }));
      await store.record({ results });
      expect(await store.results({ from: T0, to: T0 + MINUTE, limit: 200 })).toEqual(results);
    });

    test('never keep the accepted invoice', async () => {
      const accepted = { number: NUMBER, issued: '20260601120000', accepted_at: T0 };
      await store.record({ results: [aResult({ accepted })] });
      const [result] = await store.results({ from: T0, to: T0 + 1, limit: 1 });
      expect(result?.accepted).toBeNull();
    });

    test('stay as they were when written again', async () => {
      await store.record({ results: [aBadResult({ detail: 'HTTP 503' })] });
      await store.record({
        results: [aBadResult({ detail: 'HTTP 500' }), aResult({ slot_at: T0 + 1 })],
      });
      const results = await store.results({ from: T0, to: T0 + MINUTE, limit: 10 });
      expect(results.map(({ detail }) => detail)).toEqual(['HTTP 503', null]);
    });

    test('are found by component, by check, by time, oldest first, up to the limit', async () => {
      const late = aResult({ check: QUERY.check, slot_at: T0 + 2 });
      const early = aResult({ check: QUERY.check, slot_at: T0 });
      const other = aResult({ check: UPLOAD.check, slot_at: T0 + 1 });
      await store.record({ results: [late, early, other] });
      const all = { from: T0, to: T0 + MINUTE, limit: 10 };
      expect(await slots({ ...all })).toEqual([T0, T0 + 1, T0 + 2]);
      expect(await slots({ ...all, component: QUERY.component })).toEqual([T0, T0 + 2]);
      expect(await slots({ ...all, check: UPLOAD.check })).toEqual([T0 + 1]);
      expect(await slots({ ...all, component: 'nobody.knows' })).toEqual([]);
      expect(await slots({ ...all, check: 'nobody-knows' })).toEqual([]);
      expect(await slots({ ...all, from: T0 + 1 })).toEqual([T0 + 1, T0 + 2]);
      expect(await slots({ ...all, to: T0 + 2 })).toEqual([T0, T0 + 1]);
      expect(await slots({ ...all, limit: 2 })).toEqual([T0, T0 + 1]);
    });

    test('that were not ok outlive the others as evidence', async () => {
      const bad = aBadResult({ slot_at: T0 + 1, detail: 'HTTP 503' });
      await store.record({ results: [aResult({}), bad] });
      expect(await store.prune('results', T0 + MINUTE, 10)).toBe(2);
      const all = { from: T0, to: T0 + MINUTE, limit: 10 };
      expect(await store.results(all)).toEqual([]);
      expect(await store.results({ ...all, bad: true })).toEqual([bad]);
    });

    async function slots(query: Parameters<Store['results']>[0]): Promise<number[]> {
      return (await store.results(query)).map((result) => result.slot_at);
    }
  });
}
