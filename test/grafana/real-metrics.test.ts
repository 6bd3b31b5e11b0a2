import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { OWN_TROUBLES } from '../../model/own-trouble.ts';
import { SECOND } from '../../model/time.ts';
import { createGauges } from '../../notify/gauges.ts';
import { createProcessGauges } from '../../notify/process-gauges.ts';
import { INSTRUMENTS } from '../../platform/telemetry/instruments.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { configuration } from '../collector/configuration.ts';
import { fakeClock, startWorld, stopTime, stopWorld } from '../collector/world.ts';
import { ROOT } from '../tidy/repository.ts';
import { alertsAfter, seriesOf } from './real-metrics.ts';

interface Rules {
  groups: { rules: { alert?: string; expr: string }[] }[];
}
const ALERTS = (
  parse(readFileSync(join(ROOT, 'grafana/prometheus/alerting.rules.yml'), 'utf8')) as Rules
).groups.flatMap(({ rules }) =>
  rules.flatMap(({ alert, expr }) => (alert ? [{ alert, expr }] : [])),
);

/** A site that also downloads PDFs, and gives up an invoice after a minute. */
function site() {
  const { checks, policies, ...rest } = configuration({ lost_after_ms: 60 * SECOND });
  const [first] = checks;
  if (!first || !('schedule' in first)) throw new Error('unreachable');
  const download = {
    ...first,
    id: 'bureau-pdf',
    system: 'bureau',
    function: 'download' as const,
    options: { format: 'pdf' },
  };
  return { ...rest, checks: [...checks, download], policies };
}

async function startedWorld(finding: 'absent' | 'found' = 'found') {
  stopTime();
  const script = { runs: {}, finding, shows_after_ms: 0 };
  const world = await startWorld({ settings: site(), script });
  return { world, script, first: await world.telemetry.text() };
}

test('T5: the first lost invoice alerts, from the first scrape of a real collector', async () => {
  const { world, first } = await startedWorld('absent');
  expect(first).toMatch(/fapiao_journey_total\{[^}]*state="lost"[^}]*\} 0/);
  await world.pass(100 * SECOND);
  const later = await world.telemetry.text();
  expect(later).toMatch(/fapiao_journey_total\{[^}]*state="lost"[^}]*\} [1-9]/);
  await stopWorld(world);
  vi.useRealTimers();
  const names = ['FapiaoInvoiceLost', 'FapiaoFilesDamaged'];
  expect(
    await alertsAfter(
      [
        [first, 2],
        [later, 2],
      ],
      names,
    ),
  ).toEqual(['FapiaoInvoiceLost']);
  expect(await alertsAfter([[first, 4]], names)).toEqual([]);
});

test('T6: a burst of damaged files between two scrapes alerts', async () => {
  const { world, script, first } = await startedWorld();
  expect(first).toMatch(/fapiao_download_integrity_total\{[^}]*result="corrupt"[^}]*\} 0/);
  script.runs = {
    'bureau-pdf': {
      outcome: 'corrupt',
      reason: 'truncated',
      integrity: {
        format: 'pdf',
        verdict: 'corrupt',
        checked: 'structure',
        reason: 'truncated',
        where: null,
      },
    },
  };
  await world.pass(35 * SECOND);
  const later = await world.telemetry.text();
  await stopWorld(world);
  vi.useRealTimers();
  const names = ['FapiaoFilesDamaged', 'FapiaoInvoiceLost'];
  expect(
    await alertsAfter(
      [
        [first, 2],
        [later, 2],
      ],
      names,
    ),
  ).toEqual(['FapiaoFilesDamaged']);
});

test('T5, T6: every counter of a rule is there at 0, with its closed labels, at once', async () => {
  const { world, first } = await startedWorld();
  await stopWorld(world);
  const notifier = createTelemetry('notifier');
  const channels = ['email', 'log'];
  createGauges({ store: world.store, channels, clock: fakeClock, telemetry: notifier });
  const started = new Set(
    seriesOf([first, await notifier.text()]).map(({ series }) => series.replace(/\{.*/, '')),
  );
  const counters = Object.values(INSTRUMENTS)
    .flat()
    .filter(({ type }) => type === 'counter')
    .map(({ name }) => name);
  const used = counters.filter((name) => ALERTS.some(({ expr }) => expr.includes(name)));
  expect(used.length).toBeGreaterThan(4);
  expect(used.filter((name) => !started.has(name))).toEqual([]);
});

test('D4: our own trouble is 0 for every kind from the start, and alerts', async () => {
  const { world } = await startedWorld();
  await world.pass(2 * SECOND);
  const notifier = createTelemetry('notifier');
  await createProcessGauges({ troubles: () => [], clock: fakeClock, telemetry: notifier })();
  const first = [await world.telemetry.text(), await notifier.text()].join('\n');
  for (const kind of OWN_TROUBLES)
    expect(first).toMatch(new RegExp(`fapiao_own_trouble\\{kind="${kind}",line="\\w*"\\} 0`));
  await stopWorld(world);
  vi.useRealTimers();
  const later = first.replace(/(fapiao_own_trouble\{kind="disk",line=""\}) 0/, '$1 1');
  expect(later).not.toBe(first);
  const names = ['PiaokuangOwnTrouble', 'PiaokuangNotRecorded'];
  expect(
    await alertsAfter(
      [
        [first, 2],
        [later, 6],
      ],
      names,
    ),
  ).toEqual(['PiaokuangOwnTrouble']);
  expect(await alertsAfter([[first, 8]], names)).toEqual([]);
});
