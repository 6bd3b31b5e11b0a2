import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readExpiry } from '../../model/expiry.ts';
import type { Result } from '../../model/result.ts';
import { DAY, MINUTE } from '../../model/time.ts';
import { exchangeFor, get, PATIENT_MS } from '../probes/raw-server.ts';
import { configuration, START } from './configuration.ts';
import { query } from './judged-site.ts';
import { aBatch, keepNotices, openSiteStore, resumeRecorder } from './recording.ts';
import { stopTime } from './world.ts';

async function startRecorder() {
  stopTime();
  const { store } = await openSiteStore();
  const { notices, observer } = keepNotices();
  const resume = (settings = configuration()) => resumeRecorder(store, settings, { observer });
  return { store, notices, resume, ...(await resume()) };
}

const EXPIRES_AT = START + 20 * DAY;
const END = { host: 'fp.example', valid_from: EXPIRES_AT - 90 * DAY, expires_at: EXPIRES_AT };
const run = (at: number, certificate = END) => query(at, { certificates: [certificate] });

test('an end that comes near is told once per number of days, also over starts', async () => {
  const { store, notices, resume, recorder } = await startRecorder();
  await recorder.result(run(START));
  expect(await store.alerts({ open: true })).toMatchObject([
    { kind: 'certificate', subject: 'fp.example', since: START + 200, opened_at: START },
  ]);
  expect(notices).toEqual(['alert_opened']);
  await recorder.result(run(START + MINUTE));
  const next = await resume();
  await next.recorder.result(run(START + 2 * MINUTE));
  expect(notices).toEqual(['alert_opened']);
  const at = START + 7 * DAY;
  vi.setSystemTime(at);
  await next.recorder.result(run(at));
  expect(notices).toEqual(['alert_opened', 'alert_changed']);
  const [alert] = await store.alerts({ open: true });
  expect(readExpiry(alert?.error ?? null)).toEqual({
    ...{ expires_at: EXPIRES_AT, days_left: 13, passed: 14, measured_at: at + 200 },
    ...{ check: 'bureau-query', until: null },
  });
});

test('an end that is over after a start was told of is replaced, and not told again', async () => {
  const { store, notices, resume, recorder } = await startRecorder();
  await recorder.result(run(START));
  const next = await resume();
  const until = EXPIRES_AT + 80 * DAY;
  for (const n of [1, 2, 3])
    await next.recorder.result(run(START + n * MINUTE, { ...END, expires_at: until }));
  expect(notices).toEqual(['alert_opened', 'alert_resolved']);
  const [alert] = await store.alerts({});
  expect(alert).toMatchObject({ resolved_since: START + 3 * MINUTE + 200 });
  expect(readExpiry(alert?.error ?? null)).toMatchObject({ expires_at: EXPIRES_AT, until });
  // One of several servers has the old one still.
  await (await resume()).recorder.result(run(START + 4 * MINUTE));
  expect(notices).toEqual(['alert_opened', 'alert_resolved']);
});

test('what no check measures any more is over without a word', async () => {
  const { store, notices, resume, recorder } = await startRecorder();
  await recorder.result(run(START));
  const { checks, ...settings } = configuration();
  const { resumed } = await resume({
    ...settings,
    checks: checks.filter(({ id }) => id !== 'bureau-query'),
  });
  expect(resumed.alerts).toMatchObject([{ subject: 'fp.example', resolved_since: null }]);
  expect(await store.alerts({ open: true })).toEqual([]);
  expect(notices).toEqual(['alert_opened']);
});

test('nothing is told while our clock is not trusted', async () => {
  const { notices, recorder } = await startRecorder();
  await recorder.batch(aBatch({ steps: [{ at: START, by_ms: 20 * DAY }] }));
  notices.length = 0;
  await recorder.result(run(START + 20 * DAY));
  expect(notices).toEqual([]);
});

/** A chain of openssl, valid for so many days: its own certificate, and the root above it. */
function opensslChain(days: number, root_days: number) {
  const folder = mkdtempSync(join(tmpdir(), 'chain-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const root = ['-subj', '/CN=TEST root', '-days', String(root_days)];
  openssl('req', '-x509', ...key, ...root, '-keyout', 'root.key', '-out', 'root.pem');
  openssl('req', '-new', ...key, '-subj', '/CN=TEST', '-keyout', 'own.key', '-out', 'own.csr');
  execFileSync('sh', ['-c', 'echo subjectAltName=IP:127.0.0.1 > names'], { cwd: folder });
  const signed = ['-req', '-in', 'own.csr', '-CA', 'root.pem', '-CAkey', 'root.key'];
  const issued = ['-CAcreateserial', '-days', String(days), '-extfile', 'names'];
  openssl('x509', ...signed, ...issued, '-out', 'own.pem');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const dateOf = (name: string, which: '-startdate' | '-enddate') =>
    Date.parse(openssl('x509', '-in', name, '-noout', which).trim().split('=')[1] ?? '');
  return { read, dateOf };
}

test.each([
  ['the own one', 20, 400, 'own.pem'],
  ['the one above it', 400, 20, 'root.pem'],
] as const)('of a chain of openssl %s ends first', async (_, days, root_days, first) => {
  const { read, dateOf } = opensslChain(days, root_days);
  const cert = read('own.pem') + read('root.pem');
  const server = createServer({ key: read('own.key'), cert }, (_req, res) => res.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const exchange = exchangeFor(PATIENT_MS, { ca: read('root.pem') });
  expect(await exchange.send(get(`https://127.0.0.1:${port}/`))).toMatchObject({ ok: true });
  const { certificates } = exchange.observed;
  expect(certificates).toEqual([
    {
      host: `127.0.0.1:${port}`,
      valid_from: dateOf(first, '-startdate'),
      expires_at: dateOf(first, '-enddate'),
    } satisfies Result['certificates'][number],
  ]);
});
