import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { HANGS_MS, type ScratchCopy, scratchCopy } from '../scratch-copy.ts';
import { startProcess } from './start.ts';
import { beyondTable } from './table.ts';

/** A new metric: its entry in the table of instruments, and where it is observed. */

const NAME = 'fapiao_collector_heartbeats_total';
const HELP = 'Heartbeats that were written.';
const ENTRY = `{ name: '${NAME}', type: 'counter', help: '${HELP}', labels: [] },`;
const OBSERVED = `telemetry.count('${NAME}', {});`;
const DOCUMENTED = `| \`${NAME}\` | counter |  | ${HELP} |`;

let copy: ScratchCopy;
beforeAll(() => {
  copy = scratchCopy();
  copy.edit(
    'platform/telemetry/instruments.ts',
    '  collector: [\n    BUILD_INFO,\n',
    `  collector: [\n    BUILD_INFO,\n    ${ENTRY}\n`,
  );
  const beside = "telemetry.gauge('fapiao_collector_heartbeat_timestamp_seconds',";
  copy.edit('collector/metrics.ts', beside, `${OBSERVED}\n    ${beside}`);
});
afterAll(() => copy.remove());

test('a metric touches the table and where it is observed, and is sound', {
  timeout: HANGS_MS,
}, async () => {
  expect(await copy.checkTypes()).toMatchObject({ code: 0, all: '' });
  expect(beyondTable(copy, 'a metric')).toEqual([]);
  expect(copy.touched()).toEqual(['collector/metrics.ts', 'platform/telemetry/instruments.ts']);
});

test('it is at 0 before its first event, and counts', { timeout: HANGS_MS }, async () => {
  const script = `
    import { createTelemetry } from './platform/telemetry/telemetry.ts';
    process.stdout.write(await createTelemetry('collector').text());`;
  const { stdout } = await copy.run('node', '--input-type=module', '--eval', script);
  expect(stdout).toContain(`# HELP ${NAME} ${HELP}\n# TYPE ${NAME} counter\n${NAME} 0\n`);

  const ports = await startProcess(copy.root, 'collector/main.ts');
  const scraped = async () =>
    await (await fetch(`http://127.0.0.1:${ports.private}/metrics`)).text();
  await vi.waitFor(async () => expect(await scraped()).toMatch(new RegExp(`^${NAME} [1-9]`, 'm')), {
    timeout: 30_000,
    interval: 200,
  });
});

test('it is missed in the documentation until it is there', { timeout: HANGS_MS }, async () => {
  const tests = ['vitest', 'run', '--project', 'unit', 'test/tidy/docs.test.ts'] as const;
  const missed = await copy.run(...tests, '-t', 'docs/metrics.md has every metric');
  expect(missed.code).toBe(1);
  expect(missed.all).toContain(NAME);
  const first = '| `probe_success` |';
  copy.edit('docs/metrics.md', first, `${DOCUMENTED}\n${first}`);
  const found = await copy.run(...tests, '-t', 'docs/metrics.md has every metric');
  expect(found).toMatchObject({ code: 0, all: expect.stringContaining('1 passed') });
});
