import { vi } from 'vitest';
import type { GapCause } from '../../model/component.ts';
import type { Result } from '../../model/result.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { componentId } from '../../model/vocabulary.ts';
import type { Store } from '../../store/store.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { aBatch, dated, openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

/** Distance of the slots of both checks. */
export const EVERY_S = 30;
export const QUERY = componentId('bureau', 'query');
export const at = (seconds: number) => START + seconds * SECOND;

/** What a check measures at a slot: changes of a good result; null: nothing. */
export type Measured = object | null;

/** Two checks of one function on one line, every 15 s unless told otherwise. */
export function twoChecks(schedules: readonly string[] = []) {
  const settings = configuration({ resolve_after_ms: 2 * MINUTE, confirmations: 3 });
  const first = settings.checks.find((it) => it.id === 'bureau-query');
  if (!first) throw new Error('the bureau has a query');
  const both = [first, { ...first, id: 'second' }].map((check, i) => ({
    ...check,
    ...(schedules[i] !== undefined && { schedule: schedules[i] }),
  }));
  return { ...settings, checks: [...settings.checks.filter((it) => it !== first), ...both] };
}

/**
 * A function with two checks on one line, measured slot by slot, in seconds since the start; with
 * `third` one more, of which each result is that.
 */
export async function startTwoChecks(parts: { third?: Measured; schedules?: string[] } = {}) {
  const { third = null, schedules } = parts;
  stopTime();
  const two = twoChecks(schedules);
  const more = two.checks.filter(({ id }) => third && id === 'second');
  const settings = {
    ...two,
    checks: [...two.checks, ...more.map((it) => ({ ...it, id: 'third' }))],
  };
  const { store } = await openSiteStore(settings);
  let now = await resumeRecorder(store, settings);
  return {
    store,
    /** Slots from `from` to before `to`, in seconds; null: not measured. */
    async measure(from: number, to: number, first: Measured, second: Measured) {
      for (let s = from; s < to; s += EVERY_S) {
        vi.setSystemTime(at(s) + 200);
        if (second) await now.recorder.result(query(at(s), { check: 'second', ...second }));
        if (first) await now.recorder.result(query(at(s), first));
        if (third) await now.recorder.result(query(at(s), { check: 'third', ...third }));
        for (let later = 2; later < EVERY_S; later += 4) {
          vi.setSystemTime(at(s + later));
          await now.recorder.time();
        }
      }
    },
    /** Results that were held back, in one batch. */
    async handOver(s: number, results: readonly Result[]) {
      vi.setSystemTime(at(s));
      await now.recorder.batch(aBatch({ results: results.map((it) => dated(it)) }));
    },
    /** A check whose slots are so far apart. */
    async measureRarely(s: number, check: string, distance_ms: number, measured: object) {
      vi.setSystemTime(at(s) + 200);
      const result = query(at(s), { check, ...measured });
      await now.recorder.batch(aBatch({ results: [dated(result, 2 * distance_ms)] }));
      await now.recorder.time();
    },
    /** Lets time pass without results. */
    async wait(from: number, to: number) {
      for (let s = from; s < to; s += 1) {
        vi.setSystemTime(at(s));
        await now.recorder.time();
      }
    },
    /** A line that was away from `from` to `to`. */
    async away(from: number, to: number, cause: GapCause) {
      vi.setSystemTime(at(to));
      const step = { at: at(to), by_ms: (to - from) * SECOND };
      const steps = cause === 'clock' ? [step] : [];
      await now.recorder.batch(aBatch({ gaps: [{ from: at(from), to: at(to), cause }], steps }));
    },
    async restart(from: number, to: number) {
      await now.recorder.stop(Date.now());
      vi.setSystemTime(at(to));
      now = await resumeRecorder(store, settings);
      await now.recorder.start();
      await now.recorder.gap({ from: at(from), to: at(to), cause: 'restart' });
    },
  };
}

/** The states of the function, and since when, in seconds. */
export async function told(store: Store) {
  const all = await store.transitions(START, Number.MAX_SAFE_INTEGER);
  return all
    .filter(({ component }) => component === QUERY)
    .map(({ to, since }) => [to, (since - START) / SECOND]);
}

/** Of its last incident, one for each update. */
export async function statusesOf(store: Store) {
  const [incident] = await store.incidents({ limit: 1 });
  return incident?.updates.map((it) => it.status) ?? [];
}
