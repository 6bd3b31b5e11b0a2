import { describe, expect, it } from 'vitest';
import { openStoreReader } from '../../store/sqlite/open.ts';
import type { StoreReader } from '../../store/store.ts';
import { componentStatus, getText, metric } from './ask.ts';
import { endDrills, startDrill } from './drills.ts';
import { useQuickSite } from './use-installation.ts';
import { eventually } from './wait.ts';

const site = useQuickSite();

const ABOUT =
  'stops the watermark, survives kill -9, and the delays count from the first acceptance';

describe('a stalled sync', () => {
  it(ABOUT, async () => {
    await eventually('a first arrival', async () => (await progress()).arrived > 0);
    const stalled_at = Date.now();
    await startDrill(site.now.simulators, 'beijing', { kind: 'stalled_sync' });

    await eventually('partial outage of the sync', async () =>
      is(await componentStatus(site.now.page, 'beijing.sync'), 'partial_outage'),
    );
    const before = await progress();
    const watermark_at = (await watermark()) ?? Number.NaN;
    expect(before.waiting.length).toBeGreaterThanOrEqual(5);
    expect(watermark_at).toBeLessThanOrEqual(stalled_at);
    expect(watermark_at).toBe(oldest(before.waiting) - 1);
    const first = before.waiting.find((it) => it.accepted_at === oldest(before.waiting));
    if (!first) throw new Error('nothing waits');

    await site.crash();
    await eventually(
      'more waiting than before the kill',
      async () => (await progress()).waiting.length > before.waiting.length,
    );
    const after = await progress();
    for (const journey of before.waiting)
      expect(after.waiting).toContainEqual(
        expect.objectContaining({ id: journey.id, accepted_at: journey.accepted_at }),
      );
    expect(await watermark()).toBe(watermark_at);

    await endDrills(site.now.simulators, 'beijing');
    const arrived = await eventually('the oldest arrived', () => arrival(first.id));
    expect(arrived.value.accepted_at).toBe(first.accepted_at);
    expect(arrived.value.first_present_at).toBeGreaterThan(stalled_at);
    await eventually('the watermark moved', async () => ((await watermark()) ?? 0) > watermark_at);
    await eventually('operational again', async () =>
      is(await componentStatus(site.now.page, 'beijing.sync'), 'operational'),
    );
  }, 600_000);
});

function is<T>(actual: T, expected: T): boolean {
  return actual === expected;
}

async function reading<T>(ask: (reader: StoreReader) => Promise<T>): Promise<T> {
  const reader = await openStoreReader({ path: site.now.database });
  try {
    return await ask(reader);
  } finally {
    await reader.close();
  }
}

const live = { component: 'beijing.sync', limit: 10_000 } as const;

async function progress() {
  return reading(async (reader) => ({
    waiting: (await reader.journeys({ ...live, state: 'waiting' })).filter((it) => !it.simulated),
    arrived: (await reader.journeys({ ...live, state: 'arrived' })).filter((it) => !it.simulated)
      .length,
  }));
}

async function arrival(id: string) {
  return reading(async (reader) =>
    (await reader.journeys({ ...live, state: 'arrived' })).find((it) => it.id === id),
  );
}

/** The watermark as Prometheus would see it, in ms. */
async function watermark(): Promise<number | null> {
  const seconds = metric(
    await getText(`${site.now.collector}/metrics`),
    'fapiao_sync_watermark_timestamp_seconds',
    { system: 'beijing' },
  );
  return seconds === null ? null : Math.round(seconds * 1000);
}

function oldest(journeys: readonly { accepted_at: number }[]): number {
  return Math.min(...journeys.map((it) => it.accepted_at));
}
