import { expect, onTestFinished, test } from 'vitest';
import { startErpFeed } from '../../demo/erp-feed.ts';
import { MINUTE } from '../../model/time.ts';
import { startListener } from '../../platform/fetch-listener.ts';
import type { Store } from '../../store/store.ts';
import { quiet } from '../platform/quiet.ts';
import { startSimulated } from '../probes/simulated.ts';
import { fromErpToBeijing } from './erp-site.ts';
import { eventually, startMeasuring } from './measuring.ts';

async function onlyJourney(store: Store, state: 'waiting' | 'arrived') {
  const [journey] = await store.journeys({ state, limit: 1 });
  return journey ?? null;
}

test(
  'an invoice of the ERP is found in Beijing: its delay moves the watermark',
  async () => {
    // The simulated world runs a little behind, so that the first look is due at once, and jumps
    // ahead.
    let ahead_ms = -20_000;
    const simulated = await startSimulated({
      now: () => Date.now() + ahead_ms,
      monotonic: () => performance.now(),
      set() {},
    });
    onTestFinished(() => simulated.close());
    const configuration = fromErpToBeijing(simulated.url);
    const { store, telemetry, collector } = await startMeasuring(configuration);
    const door = await startListener(
      { host: '127.0.0.1', port: 0, variable: 'INGEST_PORT' },
      collector.ingest,
    );
    const feed = startErpFeed({
      simulator_url: simulated.url,
      ingest_url: `http://127.0.0.1:${door.port}`,
      log: quiet,
      every_ms: 600_000,
    });

    const looked_at = await eventually(async () => {
      const journey = await onlyJourney(store, 'waiting');
      return journey?.last_absent_at ? journey : null;
    });
    expect(looked_at).toMatchObject({ component: 'erp.sync', check: 'erp-sync' });
    ahead_ms = 600_000;
    const arrived = await eventually(() => onlyJourney(store, 'arrived'));
    expect(arrived).toMatchObject({ id: looked_at.id, accepted_at: looked_at.accepted_at });
    const [status] = (await store.components()).filter(({ component }) => component === 'erp.sync');
    expect(status).toMatchObject({ state: 'operational' });
    expect(status?.sync).toMatchObject({
      waiting: 0,
      sample: 1,
      watermark_at: looked_at.accepted_at,
      // Of one alone nobody can say what half of all take.
      delays: { n: 1, median_ms: null },
    });
    expect(await telemetry.text()).toMatch(
      /fapiao_invoice_stage_delay_seconds_count\{[^}]*system="erp"[^}]*\} 1/,
    );

    feed.stop();
    await door.close();
    await collector.stop();
    expect(await store.integrityProblems()).toEqual([]);
    await store.close();
  },
  5 * MINUTE,
);
