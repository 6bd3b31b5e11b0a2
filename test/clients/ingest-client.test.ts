import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { askedPauseMs, openIngestClient } from '../../clients/ingest/index.ts';
import { readCsv, readNdjson } from '../../clients/ingest/read-events.ts';
import { anEvent, startOddIngest } from './odd-ingest.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-client-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Sends without end, and says each key once it is taken. */
const SENDER = join(import.meta.dirname, 'sender.ts');

const keys = (n: number, from = 0) => Array.from({ length: n }, (_, i) => `k${from + i}`);

test('what is sent counts once, whatever happens on its way', async () => {
  const fates = ['busy', 'cut before', 'down', 'cut after', 'taken', 'cut after'] as const;
  const ingest = await startOddIngest([...fates]);
  const buffer = join(aFolder(), 'events.ndjson');
  const client = await openIngestClient({ ...ingest, buffer });
  await Promise.all(keys(1_500).map((key) => client.send(anEvent(key))));
  await client.flush();
  expect(client.waiting()).toBe(0);
  expect(await ingest.counted()).toBe(1_500);
  expect(ingest.met.slice(0, 6)).toEqual(fates);
  await client.close();
  expect(readFileSync(buffer, 'utf8')).toBe('');
});

test('what waits is on disk and goes after a restart, without a line cut off', async () => {
  const buffer = join(aFolder(), 'deep', 'events.ndjson');
  const nobody = { url: 'http://127.0.0.1:9/ingest/events', token: 'none', buffer };
  const problems: string[] = [];
  const before = await openIngestClient({ ...nobody, failed: (it) => problems.push(it) });
  await Promise.all(keys(10).map((key) => before.send(anEvent(key))));
  await before.close();
  expect(readFileSync(buffer, 'utf8').trim().split('\n')).toHaveLength(10);
  expect(problems.length).toBeGreaterThan(0);
  appendFileSync(buffer, '{"key": "half');
  const ingest = await startOddIngest();
  const after = await openIngestClient({ ...ingest, buffer });
  await after.send(anEvent('k10'));
  await after.flush();
  expect(await ingest.counted()).toBe(11);
  await after.close();
  await expect(after.send(anEvent('k11'))).rejects.toThrow('closed');
});

test('where too many wait, sending waits', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const ingest = await startOddIngest(['down', 'down']);
  const client = await openIngestClient({ ...ingest, buffer, most_waiting: 3 });
  let sent = 0;
  const sending = keys(8).map(async (key) => {
    await client.send(anEvent(key));
    sent += 1;
  });
  await expect.poll(() => ingest.met.length).toBeGreaterThan(0);
  expect([sent <= 3, client.waiting()]).toEqual([true, 3]);
  await Promise.all(sending);
  await client.flush();
  expect(await ingest.counted()).toBe(8);
  await client.close();
});

test('what is refused is told and not sent again', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const ingest = await startOddIngest();
  const refused: string[] = [];
  const client = await openIngestClient({
    ...ingest,
    buffer,
    refused: (event, errors) => refused.push(`${JSON.parse(event).key} ${errors[0]?.pointer}`),
  });
  await client.send({ ...anEvent('bad'), at: '2026-02-30T10:00:00+08:00' });
  await client.send(anEvent('good'));
  await client.flush();
  expect(refused).toEqual(['bad /at']);
  expect(await ingest.counted()).toBe(1);
  expect(keptIn(buffer)).toEqual([['bad', '/at']]);
  await client.close();
});

/** What was kept beside the buffer of what was refused: its key, and what is wrong. */
function keptIn(buffer: string): string[][] {
  const lines = readFileSync(`${buffer}.refused`, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { refused_at, errors, event } = JSON.parse(line);
    expect(refused_at).toMatch(/^\d{4}-\d\d-\d\dT/);
    return [event.key, errors[0].pointer];
  });
}

test('lines that may not be posted keep nobody back, wherever they are', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const ingest = await startOddIngest(['busy', 'cut after', 'taken', 'down']);
  const refused: string[] = [];
  const client = await openIngestClient({
    ...ingest,
    buffer,
    refused: (event, [error]) => void refused.push(`${JSON.parse(event).key} ${error?.detail}`),
  });
  const foreign = [0, 1, 500, 1_200, 1_499];
  const sent = keys(1_500).map((key, i) => ({
    ...anEvent(key),
    ...(foreign.includes(i) && { system: 'other' }),
  }));
  await Promise.all(sent.map((event) => client.send(event)));
  await client.flush();
  expect(await ingest.counted()).toBe(1_495);
  expect(refused).toHaveLength(5);
  expect(refused[0]).toContain('k0 403 This token may not post for this system');
  expect(keptIn(buffer)).toEqual(foreign.map((i) => [`k${i}`, '']));
  // Five of 1,500 cost less than one post for every 10.
  expect(ingest.met.length).toBeLessThan(150);
  await client.close();
  expect(readFileSync(buffer, 'utf8')).toBe('');
});

test('a proxy that takes short bodies only gets halves, and no event is given up', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const ingest = await startOddIngest(['too large', 'too large', 'taken', 'too large']);
  const client = await openIngestClient({ ...ingest, buffer });
  await Promise.all(keys(100).map((key) => client.send(anEvent(key))));
  await client.flush();
  expect(await ingest.counted()).toBe(100);
  expect(existsSync(`${buffer}.refused`)).toBe(false);
  await client.close();
});

test('what listens may fail, and nothing is lost or repeated for it', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const ingest = await startOddIngest(['down']);
  const fail = () => {
    throw new Error('of whoever listens');
  };
  const client = await openIngestClient({ ...ingest, buffer, refused: fail, failed: fail });
  await client.send({ ...anEvent('bad'), at: '2026-02-30T10:00:00+08:00' });
  await client.send(anEvent('good'));
  await client.flush();
  expect(await ingest.counted()).toBe(1);
  expect(keptIn(buffer)).toEqual([['bad', '/at']]);
  await client.close();
});

test('an event that fits into no body is refused at once', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const client = await openIngestClient({ ...(await startOddIngest()), buffer });
  const sent = client.send({ ...anEvent('long'), code: 'x'.repeat(1024 * 1024) });
  await expect(sent).rejects.toThrow('longer than 1 MiB');
  expect(client.waiting()).toBe(0);
  await client.close();
});

test('whoever waits for room is told of the end', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const nobody = { url: 'http://127.0.0.1:9/ingest/events', token: 'none', buffer };
  const client = await openIngestClient({ ...nobody, most_waiting: 1 });
  await client.send(anEvent('k0'));
  const second = expect(client.send(anEvent('k1'))).rejects.toThrow('closed');
  await client.close();
  await second;
  expect(readFileSync(buffer, 'utf8').trim().split('\n')).toHaveLength(1);
});

test('only its user can read what waits and what was refused', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const client = await openIngestClient({ ...(await startOddIngest(['down'])), buffer });
  await client.send({ ...anEvent('bad'), at: '2026-02-30T10:00:00+08:00' });
  const modes = () => [buffer, `${buffer}.refused`].map((it) => statSync(it).mode & 0o777);
  await client.flush();
  expect(modes()).toEqual([0o600, 0o600]);
  await client.close();
});

test('a proxy that forbids all is no reason to give events up', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const ingest = await startOddIngest(['forbidden', 'forbidden']);
  const problems: string[] = [];
  const client = await openIngestClient({
    ...ingest,
    buffer,
    failed: (problem) => void problems.push(problem),
  });
  await client.send(anEvent('k0'));
  await client.flush();
  expect(problems).toEqual(['403', '403']);
  expect(await ingest.counted()).toBe(1);
  expect(existsSync(`${buffer}.refused`)).toBe(false);
  await client.close();
});

test('killed at any time, the client loses nothing that it had taken', async () => {
  const folder = aFolder();
  const buffer = join(folder, 'events.ndjson');
  const ingest = await startOddIngest(['busy', 'cut after', 'taken', 'taken', 'down', 'taken']);
  const taken: string[] = [];
  for (const [round, after] of [1, 40, 3, 200, 90, 17].entries()) {
    const sending = spawn(process.execPath, [SENDER, buffer, ingest.url, ingest.token, `${round}`]);
    let said = '';
    await new Promise<void>((resolve) => {
      sending.stdout.on('data', (text) => {
        said += text;
        if (said.split('\n').length > after) sending.kill('SIGKILL');
      });
      sending.on('close', () => resolve());
    });
    expect(sending.signalCode).toBe('SIGKILL');
    taken.push(...said.split('\n').slice(0, -1));
  }
  expect(taken.length).toBeGreaterThanOrEqual(1 + 40 + 3 + 200 + 90 + 17);
  const client = await openIngestClient({ ...ingest, buffer });
  await client.flush();
  await client.close();
  expect(await ingest.unknownOf(taken)).toEqual([]);
  expect(readFileSync(buffer, 'utf8')).toBe('');
});

test('CSV and NDJSON are read in pieces of any length', () => {
  const csv =
    '\uFEFFkey,system,code,duration_ms,at_latest\r\n' +
    'a,shop,"E,1",900,true\r\n\r\n"b ""x""",shop,,\r\nc,"sh\nop",E2,1.5,false';
  const events = [
    { key: 'a', system: 'shop', code: 'E,1', duration_ms: 900, at_latest: true },
    { key: 'b "x"', system: 'shop' },
    { key: 'c', system: 'sh\nop', code: 'E2', duration_ms: 1.5, at_latest: false },
  ];
  const ndjson = events.map((it) => JSON.stringify(it)).join('\r\n');
  for (const length of [1, 2, 3, 7, 1_000])
    for (const [text, reader] of [
      [csv, readCsv()],
      [ndjson, readNdjson()],
    ] as const) {
      const pieces = text.match(new RegExp(`[^]{1,${length}}`, 'g')) ?? [];
      const lines = [...pieces.flatMap((it) => reader.take(it)), ...reader.end()];
      expect(lines.map((it) => JSON.parse(it))).toEqual(events);
    }
  expect(() => readCsv().take(`"${'x'.repeat(1024 * 1024 + 1)}`)).toThrow('no file of events');
  expect(() => readNdjson().take('x'.repeat(1024 * 1024 + 1))).toThrow('no file of events');
});

const COMMAND = join(import.meta.dirname, '../../platform/commands/ingest.ts');

function runIngest(args: string[], token: string) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { ...process.env, INGEST_TOKEN: token },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text;
    });
  const ended = new Promise<number>(
    (resolve) => void child.on('close', (code) => resolve(code ?? -1)),
  );
  return { child, said: () => said, ended };
}

test('npm run ingest posts a file, and follows what is appended', async () => {
  const folder = aFolder();
  const ingest = await startOddIngest(['busy']);
  const at = new Date(Date.now() - 5_000).toISOString();
  const csv = join(folder, 'day.csv');
  const rows = keys(1_200).map((key) => `${key},shop,issued,${at},900`);
  writeFileSync(
    csv,
    ['key,system,type,at,duration_ms', ...rows, `x,other,issued,${at},1`].join('\n'),
  );
  const posted = runIngest(['--file', csv, '--url', ingest.url], ingest.token);
  // A token for one system only: a line of another is refused, and the others are taken.
  expect(await posted.ended).toBe(1);
  expect(posted.said()).toContain('403 This token may not post for this system');
  expect(posted.said()).toContain('1200 events taken, 1 refused.');
  writeFileSync(
    csv,
    ['key,system,type,at,duration_ms', ...rows, `x,shop,issued,${at},-1`].join('\n'),
  );
  const again = runIngest(['--file', csv, '--url', ingest.url], ingest.token);
  expect(await again.ended).toBe(1);
  expect(again.said()).toContain('1200 events taken, 1 refused.');
  expect(await ingest.counted()).toBe(1_200);

  const log = join(folder, 'live.ndjson');
  writeFileSync(log, `${JSON.stringify(anEvent('l1'))}\n`);
  const following = runIngest(['--file', log, '--follow', '--url', ingest.url], ingest.token);
  await expect.poll(ingest.counted, { timeout: 20_000 }).toBe(1_201);
  const next = JSON.stringify(anEvent('l2'));
  appendFileSync(log, next.slice(0, 20));
  appendFileSync(log, `${next.slice(20)}\n`);
  await expect.poll(ingest.counted, { timeout: 20_000 }).toBe(1_202);
  following.child.kill('SIGTERM');
  expect(await following.ended).toBe(0);
  expect(existsSync(log)).toBe(true);
});

test.each([
  [null, 0],
  ['0', 0],
  ['2', 2_000],
  ['600', 600_000],
  // Longer than anybody means, and than a timer counts (2^31 ms are 24.8 days).
  ['604800', 600_000],
  ['99999999999', 600_000],
  ['9'.repeat(40), 600_000],
  ['Infinity', 0],
  ['-5', 0],
  ['Mon, 30 Nov 2026 00:00:00 GMT', 0],
])('Retry-After: %s is waited for %i ms', (given, ms) => {
  expect(askedPauseMs(given)).toBe(ms);
});

test.each(['replaced', 'removed'])('a buffer that is %s keeps what is sent', async (how) => {
  const buffer = join(aFolder(), 'events.ndjson');
  const nobody = { url: 'http://127.0.0.1:9/ingest/events', token: 'none', buffer };
  const client = await openIngestClient(nobody);
  await client.send(anEvent('k0'));
  // As a second client does that has sent what was in it: a new file takes the place.
  if (how === 'replaced') {
    writeFileSync(`${buffer}.other`, `${JSON.stringify(anEvent('of another'))}\n`);
    renameSync(`${buffer}.other`, buffer);
  } else rmSync(buffer);
  await client.send(anEvent('k1'));
  const kept = readFileSync(buffer, 'utf8')
    .trim()
    .split('\n')
    .map((it) => JSON.parse(it).key);
  expect(kept).toEqual(how === 'replaced' ? ['of another', 'k0', 'k1'] : ['k0', 'k1']);
  await client.close();
});

test('a buffer that another client writes to is not replaced', async () => {
  const buffer = join(aFolder(), 'events.ndjson');
  const ingest = await startOddIngest(['down']);
  const told: string[] = [];
  const client = await openIngestClient({ ...ingest, buffer, failed: (it) => told.push(it) });
  await client.send(anEvent('k0'));
  appendFileSync(buffer, `${JSON.stringify(anEvent('k1'))}\n`);
  await client.flush();
  await client.close();
  expect(told.join()).toContain('another client');
  expect(readFileSync(buffer, 'utf8')).toContain('k1');
});
