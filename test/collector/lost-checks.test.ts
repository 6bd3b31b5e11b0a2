import { describe, expect, it, vi } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { componentId } from '../../model/vocabulary.ts';
import type { Store } from '../../store/store.ts';
import { configuration, START } from './configuration.ts';
import { FAILED, query } from './judged-site.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

const EVERY_S = 30;
const QUERY = componentId('bureau', 'query');
const at = (seconds: number) => START + seconds * SECOND;
const GOOD = {};
const LIMITED = { outcome: 'throttled', reason: 'error_code' } as const;
const REFUSED = { outcome: 'credential', reason: 'error_code' } as const;

/** Two checks of one function on one line. */
function twoChecks() {
  const settings = configuration({ resolve_after_ms: 2 * MINUTE, confirmations: 3 });
  const first = settings.checks.find((it) => it.id === 'bureau-query');
  if (!first) throw new Error('the bureau has a query');
  return { ...settings, checks: [...settings.checks, { ...first, id: 'second' }] };
}

async function startSite() {
  stopTime();
  const settings = twoChecks();
  const { store } = await openSiteStore(settings);
  let now = await resumeRecorder(store, settings);
  return {
    store,
    /** Slots from `from` to before `to`, in seconds; null: not measured. */
    async measure(from: number, to: number, first: object | null, second: object | null) {
      for (let s = from; s < to; s += EVERY_S) {
        vi.setSystemTime(at(s) + 200);
        if (second) await now.recorder.result(query(at(s), { check: 'second', ...second }));
        if (first) await now.recorder.result(query(at(s), first));
        for (let later = 2; later < EVERY_S; later += 4) {
          vi.setSystemTime(at(s + later));
          await now.recorder.time();
        }
      }
    },
    async restart(from: number, to: number) {
      await now.recorder.stop();
      vi.setSystemTime(at(to));
      now = await resumeRecorder(store, settings);
      await now.recorder.start();
      await now.recorder.gap({ from: at(from), to: at(to), cause: 'restart' });
    },
  };
}

async function told(store: Store) {
  const all = await store.transitions(START, at(9_000));
  return all
    .filter(({ component }) => component === QUERY)
    .map(({ to, since }) => [to, (since - START) / SECOND]);
}

async function statusesOf(store: Store) {
  const [incident] = await store.incidents({ limit: 1 });
  return incident?.updates.map((it) => it.status) ?? [];
}

describe('of two checks, one that failed and is not known any more', () => {
  it.each([
    ['is limited', LIMITED],
    ['is refused', REFUSED],
    ['is not measured', null],
  ])('is not over because the other is well: it %s', async (_, lost) => {
    const { store, measure } = await startSite();
    await measure(0, 120, GOOD, GOOD);
    await measure(120, 240, FAILED, GOOD);
    await measure(240, 900, lost, GOOD);
    expect(await told(store)).toEqual([
      ['operational', 0],
      ['partial_outage', 120],
      ['unknown', 240],
    ]);
    expect(await statusesOf(store)).toEqual(['investigating']);
    await measure(900, 1_200, GOOD, GOOD);
    expect((await told(store)).at(-1)).toEqual(['operational', 900]);
    expect(await statusesOf(store)).toEqual(['investigating', 'monitoring', 'resolved']);
  });

  it('is not over after a restart, before it was measured well', async () => {
    const { store, measure, restart } = await startSite();
    await measure(0, 120, GOOD, GOOD);
    await measure(120, 240, FAILED, GOOD);
    await restart(240, 600);
    await measure(600, 660, null, GOOD);
    await measure(660, 900, FAILED, GOOD);
    expect(await told(store)).toEqual([
      ['operational', 0],
      ['partial_outage', 120],
      ['unknown', 240],
      ['partial_outage', 660],
    ]);
    expect(await statusesOf(store)).toEqual(['investigating']);
  });

  it('keeps its judgement over a short restart', async () => {
    const { store, measure, restart } = await startSite();
    await measure(0, 120, GOOD, GOOD);
    await measure(120, 240, FAILED, GOOD);
    await restart(225, 245);
    await measure(250, 340, FAILED, GOOD);
    expect((await told(store)).at(-1)).toEqual(['partial_outage', 120]);
  });
});

it('one of two that fails, while the other was never judged, is part of an outage', async () => {
  const { store, measure } = await startSite();
  await measure(0, 120, GOOD, REFUSED);
  await measure(120, 300, FAILED, REFUSED);
  expect(await told(store)).toEqual([
    ['operational', 0],
    ['partial_outage', 120],
  ]);
});
