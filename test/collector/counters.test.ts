import { expect, test } from 'vitest';
import type { Check } from '../../model/configuration.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { configuration } from './configuration.ts';
import { SENDERS } from './posting.ts';
import { startWorld, stopTime, stopWorld } from './world.ts';

/** As docs/metrics.md lists them. */
const OUTCOMES =
  'ok timeout network system degraded throttled maintenance credential user_data mismatch ' +
  'corrupt unreadable prerequisite self';

/** Every series that may be born later, with the words of its closed labels written out. */
const EXPECTED = [
  ...[
    'shop" function="upload" check="shop-upload',
    'bureau" function="query" check="bureau-query',
  ].flatMap((check) =>
    OUTCOMES.split(' ').map(
      (outcome) => `fapiao_check_total{system="${check}" line="local" outcome="${outcome}"}`,
    ),
  ),
  ...['found', 'absent', 'failed'].map(
    (result) =>
      `fapiao_look_total{system="bureau" check="bureau-sync" line="local" result="${result}"}`,
  ),
  ...['waiting', 'arrived', 'rejected', 'voided', 'lost'].map(
    (state) => `fapiao_journey_total{system="bureau" state="${state}"}`,
  ),
  ...['accepted', 'duplicate', 'refused'].map(
    (result) => `fapiao_ingest_events_total{token="sender" result="${result}"}`,
  ),
  ...['restart', 'suspended', 'clock', 'disk', 'lock'].map(
    (cause) => `fapiao_gap_total{cause="${cause}"}`,
  ),
  ...['sent', 'failed', 'dropped'].map((result) => `fapiao_trace_spans_total{result="${result}"}`),
  ...[
    'line" line="local',
    'clock" line="',
    'disk" line="',
    'machine" line="local',
    'process" line="local',
  ].map((kind) => `fapiao_own_trouble{kind="${kind}"}`),
  'fapiao_collector_dropped_results_total',
  'fapiao_collector_waiting_results',
  'fapiao_invoice_stage_delay_seconds_count{system="bureau" stage="queryable"}',
  'fapiao_invoice_stage_delay_at_least_seconds_count{system="bureau" stage="queryable"}',
].map((series) => `${series.replaceAll('" ', '",')} 0`);

test('T5, T6: every count exists at 0 before anything happens', async () => {
  stopTime();
  const world = await startWorld({ ingest: SENDERS });
  const lines = (await world.telemetry.text()).split('\n');
  expect(EXPECTED.filter((line) => !lines.includes(line))).toEqual([]);
  await stopWorld(world);
});

test('T6: verdicts on files too, for the format of each check that downloads', async () => {
  stopTime();
  const settings = configuration();
  const [upload] = settings.checks;
  if (!upload) throw new Error('no check');
  const download = { ...upload, id: 'bureau-download', system: 'bureau', function: 'download' };
  const checks = [...settings.checks, { ...download, options: { format: 'ofd' } }] as Check[];
  const world = await startWorld({ settings: { ...settings, checks } });
  const text = await world.telemetry.text();
  const labels = 'system="bureau",check="bureau-download",line="local",format="ofd"';
  for (const verdict of [
    'result="corrupt",checked="structure"',
    'result="mismatch",checked="bytes"',
  ])
    expect(text).toContain(`fapiao_download_integrity_total{${labels},${verdict}} 0`);
  await stopWorld(world);
});

test('what has no open labels exists before a process says a word', async () => {
  const page = await createTelemetry('page').text();
  for (const event of ['requested', 'refused', 'confirmed', 'ended'])
    expect(page).toContain(`fapiao_subscription_total{event="${event}"} 0`);
});

test('what is no counter, or has no such label, is not started', () => {
  const telemetry = createTelemetry('collector');
  expect(() => telemetry.start('fapiao_own_trouble', {})).toThrow('no counter or histogram');
  expect(() => telemetry.start('fapiao_nothing_total', {})).toThrow('no counter or histogram');
  expect(() => telemetry.start('fapiao_check_total', { phone: '1' })).toThrow('phone');
});
