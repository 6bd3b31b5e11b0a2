import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { traceId } from '../../model/run-identity.ts';
import {
  type FileFormat,
  MISMATCH_REASONS,
  type Outcome,
  type Reason,
} from '../../model/vocabulary.ts';
import type { JudgeCopy } from '../../probes/files/download-verdict.ts';
import { judgeCopy } from '../../probes/files/judge-copy.ts';
import { type CheckRunner, createCheckRunner } from '../../probes/line/check-runner.ts';
import { demoAt, type Simulated, startSimulated } from './simulated.ts';

let simulated: Simulated;
let line: CheckRunner;
beforeAll(async () => {
  simulated = await startSimulated();
  line = runner();
});
afterEach(async () => {
  await simulated.endDrills('beijing');
  await simulated.endDrills('pinduoduo');
});
afterAll(() => simulated.close());

function runner(deadline_ms = 3_000): CheckRunner {
  const { clock } = simulated;
  const configuration = demoAt(simulated.url, deadline_ms);
  return createCheckRunner({ configuration, installation: 'test', clock });
}

const CHECKS = ['upload', 'query', 'download-pdf', 'download-ofd', 'download-xml', 'reach'];
const SLOT = Date.parse('2026-03-02T10:00:00+08:00');

describe('every check, when all is well', () => {
  test.for(CHECKS)('%s', async (check) => {
    const run = await line.run(check, SLOT);
    expect(run).toMatchObject({
      outcome: 'ok',
      reason: null,
      detail: null,
      http_status: 200,
      certificate_expires_at: null,
      certificates: [],
      tls_version: null,
      notes: [],
      started_at: simulated.clock.now(),
    });
    expect(run.bytes).toBeGreaterThan(20);
    expect(run.duration_ms).toBeGreaterThan(0);
    const sum = Object.values(run.phases).reduce((total, ms) => total + ms, 0);
    expect(sum).toBeLessThanOrEqual(run.duration_ms + 0.001);
  });
});

test('a run ends with its last response, however long its file is judged', async () => {
  const { clock } = simulated;
  const configuration = demoAt(simulated.url);
  const judge: JudgeCopy = async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return judgeCopy(request);
  };
  const slow = createCheckRunner({ configuration, installation: 'test', clock, judge });
  const start = performance.now();
  const { outcome, duration_ms } = await slow.run('download-xml', SLOT);
  const took_ms = performance.now() - start;
  expect(outcome).toBe('ok');
  expect(took_ms - duration_ms).toBeGreaterThan(390);
});

test('a file that comes again as it is known is neither fetched twice nor read', async () => {
  const { clock } = simulated;
  const configuration = demoAt(simulated.url);
  const judge: JudgeCopy = () => Promise.reject(new Error('must not be read'));
  const { file } = await line.run('download-xml', SLOT);
  const unread = createCheckRunner({ configuration, installation: 'test', clock, judge });
  // It has the link of the file then.
  await unread.run('query', SLOT);
  const asked = simulated.requests.length;
  const again = await unread.run('download-xml', SLOT, file ? [file] : []);
  expect(again).toMatchObject({ outcome: 'ok', integrity: { checked: 'bytes' }, file });
  const once = simulated.requests.length - asked;

  await simulated.drill('beijing', { kind: 'flipped', format: 'xml' });
  const before = simulated.requests.length;
  const flipped = await line.run('download-xml', SLOT, file ? [file] : []);
  expect(flipped).toMatchObject({
    outcome: 'mismatch',
    integrity: { reason: 'sums_mismatch', checked: 'bytes' },
    bytes: again.bytes,
    file: null,
  });
  expect(simulated.requests.length - before).toBe(2 * once);
});

/** What each disturbance is called by each kind of check. */
const DISTURBED: [string, string, Record<string, unknown>, Outcome, Reason][] = [
  ['upload', 'pinduoduo', { kind: 'outage' }, 'system', 'http_status'],
  ['upload', 'pinduoduo', { kind: 'maintenance' }, 'maintenance', 'error_code'],
  ['upload', 'pinduoduo', { kind: 'throttling' }, 'throttled', 'error_code'],
  ['upload', 'pinduoduo', { kind: 'error_code', code: 52102 }, 'degraded', 'error_code'],
  ['query', 'beijing', { kind: 'outage', function: 'query' }, 'system', 'http_status'],
  ['query', 'beijing', { kind: 'maintenance' }, 'maintenance', 'says_maintenance'],
  ['query', 'beijing', { kind: 'throttling' }, 'throttled', 'http_status'],
  ['query', 'beijing', { kind: 'error_code', code: 500 }, 'system', 'error_code'],
  ['download-pdf', 'beijing', { kind: 'outage', function: 'download' }, 'system', 'http_status'],
  [
    'download-pdf',
    'beijing',
    { kind: 'maintenance', function: 'download' },
    'maintenance',
    'says_maintenance',
  ],
  [
    'download-pdf',
    'beijing',
    { kind: 'throttling', function: 'download' },
    'throttled',
    'http_status',
  ],
  [
    'download-pdf',
    'beijing',
    { kind: 'error_code', code: 500, function: 'download' },
    'system',
    'error_code',
  ],
];

describe('a disturbed function', () => {
  test.for(DISTURBED)(
    '%s of %s under %o is %s/%s',
    async ([check, system, drill, outcome, reason]) => {
      await simulated.drill(system, drill);
      expect(await line.run(check, SLOT)).toMatchObject({ outcome, reason, accepted: null });
    },
  );

  test('other functions do not feel it', async () => {
    await simulated.drill('beijing', { kind: 'outage', function: 'download' });
    expect(await line.run('query', SLOT)).toMatchObject({ outcome: 'ok' });
    expect(await line.run('upload', SLOT)).toMatchObject({ outcome: 'ok' });
  });

  test('a slow system runs into the deadline', async () => {
    await simulated.drill('beijing', { kind: 'latency', ms: 10_000 });
    const run = await runner(300).run('query', SLOT);
    expect(run).toMatchObject({ outcome: 'timeout', reason: 'timeout_processing' });
    expect(run.duration_ms).toBeLessThan(8_000);
  });
});

const DAMAGED: [string, Partial<Record<FileFormat, Reason>>][] = [
  ['truncated', { pdf: 'truncated', ofd: 'truncated', xml: 'truncated' }],
  ['flipped', { pdf: 'number_mismatch', ofd: 'digest_mismatch', xml: 'sums_mismatch' }],
  ['html', { pdf: 'not_a_file', ofd: 'not_a_file', xml: 'not_a_file' }],
];

const MISMATCHES: readonly Reason[] = MISMATCH_REASONS;

describe('a damaged file', () => {
  test.for(DAMAGED)('%s: %o', async ([kind, reasons]) => {
    await simulated.drill('beijing', { kind });
    for (const [format, reason] of Object.entries(reasons)) {
      const run = await line.run(`download-${format}`, SLOT);
      expect(run).toMatchObject({
        outcome: MISMATCHES.includes(reason) ? 'mismatch' : 'corrupt',
        reason,
        integrity: { format, reason },
      });
    }
  });

  test('of one format only concerns that format', async () => {
    await simulated.drill('beijing', { kind: 'bit_rot', format: 'ofd' });
    expect(await line.run('download-ofd', SLOT)).toMatchObject({ reason: 'crc_mismatch' });
    const sound = await line.run('download-pdf', SLOT);
    expect(sound).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound', where: null } });
  });
});

describe('an upload', () => {
  test('gives the accepted invoice, in region 00, the same for the same slot', async () => {
    const first = await line.run('upload', SLOT + 10_000);
    const again = await line.run('upload', SLOT + 10_000);
    const later = await line.run('upload', SLOT + 20_000);
    expect(first.accepted?.number).toMatch(/^2600\d{16}$/);
    expect(first.accepted).toMatchObject({
      issued: '20260302100010',
      accepted_at: simulated.clock.now(),
    });
    expect(again.accepted?.number).toBe(first.accepted?.number);
    expect(later.accepted?.number).not.toBe(first.accepted?.number);
  });

  test('is followed until it is there', async () => {
    const { clock } = simulated;
    const { accepted } = await line.run('upload', SLOT + 30_000);
    if (accepted === null) throw new Error('not accepted');
    expect(await line.look('sync', accepted)).toMatchObject({ finding: 'absent', outcome: 'ok' });
    clock.set(accepted.accepted_at + 600_001);
    expect(await line.look('sync', accepted)).toMatchObject({ finding: 'found', outcome: 'ok' });
    const wrong_date = { ...accepted, issued: '20200101000000' };
    expect(await line.look('sync', wrong_date)).toMatchObject({ finding: 'absent' });
    await simulated.drill('beijing', { kind: 'outage' });
    expect(await line.look('sync', accepted)).toMatchObject({
      finding: 'failed',
      outcome: 'system',
      reason: 'http_status',
    });
    clock.set(SLOT);
  });
});

test('the trace of a run goes to simulators only', async () => {
  simulated.headers.length = 0;
  await line.run('query', SLOT);
  await line.run('reach', SLOT);
  const trace = traceId({ installation: 'test', check: 'query', slot_at: SLOT });
  const sent = simulated.headers.map((headers) => headers.get('traceparent'));
  expect(sent).toHaveLength(3);
  expect(sent[0]).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  expect(sent[1]).toBe(sent[0]);
  expect(sent[2]).toBeNull();
});

test('what cannot be measured is our own fault', async () => {
  for (const check of ['sync', 'no-such-check']) {
    expect(await line.run(check, SLOT)).toMatchObject({ outcome: 'self', reason: 'probe_error' });
  }
  expect(
    await line.look('no-such-check', { number: '26000000000000000001', issued: '20260101000000' }),
  ).toMatchObject({ finding: 'failed', outcome: 'self' });
});
