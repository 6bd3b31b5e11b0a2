import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SIMULATED_TOKEN } from '../../demo/erp-feed.ts';
import { toChinaTime } from '../../model/china-time.ts';
import { DEFAULT_POLICY } from '../../model/policy.ts';
import { MINUTE, SECOND, systemClock } from '../../model/time.ts';
import { startListener } from '../../platform/fetch-listener.ts';
import { notifySettings } from '../channels/settings.ts';
import { signedBy } from '../model/signed-by.ts';
import { startSimulated } from '../probes/simulated.ts';
import { ask } from '../status-page/request.ts';
import { startPage } from '../status-page/site.ts';
import { fromErpToBeijing } from './erp-site.ts';
import { eventually, startMeasuring } from './measuring.ts';

const NOW = Date.now();

/** The line of an event of an invoice, so many seconds ago. */
function line(number: number, type: string, seconds_ago: number, key = type): string {
  const digits = `26000000000000000${String(number).padStart(3, '0')}`;
  const at = new Date(NOW - seconds_ago * SECOND).toISOString();
  const issued = toChinaTime(NOW - MINUTE * 15);
  return JSON.stringify({
    key: `${number}/${key}`,
    system: 'erp',
    type,
    number: digits,
    issued,
    at,
  });
}

test(
  'what comes in by the door is on the page and in the API: where, and how long it took',
  async () => {
    const simulated = await startSimulated();
    onTestFinished(() => simulated.close());
    const all = fromErpToBeijing(simulated.url);
    const configuration = {
      ...all,
      // The page has systems of which something is measured.
      systems: all.systems.map((it) => ({ ...it, neutral: it.id !== 'erp' })),
      policies: { 'erp.sync': DEFAULT_POLICY },
      notify: notifySettings(),
      demo: false,
    };
    const { store, collector } = await startMeasuring(configuration);
    const door = await startListener(
      { host: '127.0.0.1', port: 0, variable: 'INGEST_PORT' },
      collector.ingest,
    );
    const data_dir = mkdtempSync(join(tmpdir(), 'piaokuang-stages-'));
    const site = { store, reader: store, configuration, signer: signedBy('test'), data_dir };
    const page = await startPage({
      site: { ...site, close: async () => undefined },
      clock: systemClock,
    });
    const post = async (lines: readonly string[]) => {
      const answer = await fetch(`http://127.0.0.1:${door.port}/ingest/events`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${SIMULATED_TOKEN}`,
          'content-type': 'application/x-ndjson',
        },
        body: lines.join('\n'),
      });
      expect(answer.status).toBe(200);
    };

    const accepted = [1, 2, 3, 4, 5, 6].map((it) => line(it, 'accepted', 600));
    // Sealed after 10, 20, 30, 40 and 50 seconds; the sixth is reviewed only.
    const sealed = [1, 2, 3, 4, 5].map((it) => line(it, 'sealed', 600 - it * 10));
    await post([...accepted, ...sealed, line(6, 'reviewed', 595)]);
    // Each once, whatever is told again.
    await post([line(1, 'sealed', 0, 'again'), line(6, 'reviewed', 590, 'otherwise')]);

    const told = await eventually(async () => {
      const { components } = JSON.parse((await ask(`${page.url}/api/v1/stages`)).text);
      return components[0]?.reached.length > 0 ? components : null;
    });
    const oldest_accepted_at = new Date(NOW - 600 * SECOND).toISOString();
    expect(told).toEqual([
      {
        component: 'erp.sync',
        simulated: true,
        reached: [
          { stage: 'reviewed', n: 1, median_ms: null, p95_ms: null },
          { stage: 'sealed', n: 5, median_ms: 30_000, p95_ms: null },
        ],
        waiting: [
          { stage: 'reviewed', n: 1, oldest_accepted_at },
          { stage: 'sealed', n: 5, oldest_accepted_at },
        ],
      },
    ]);
    const { text } = await ask(`${page.url}/zh-CN/`);
    const words = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    expect(words).toContain('审核 1 张、签章 5 张。');
    expect(words).toContain('签章 中位 30 秒，n = 5');

    await page.stop();
    await door.close();
    await collector.stop();
    expect(await store.integrityProblems()).toEqual([]);
    await store.close();
  },
  5 * MINUTE,
);
