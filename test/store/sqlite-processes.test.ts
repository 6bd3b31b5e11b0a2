import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { openStore, openStoreReader } from '../../store/sqlite/open.ts';
import { temporaryPath } from './temporary.ts';

/** Processes start slowly on a busy machine. */
const PATIENCE_MS = 60_000;
const ALL = { from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100_000 };

test('two processes that open a new file and write at once never meet a locked database', {
  timeout: PATIENCE_MS,
}, async () => {
  const path = temporaryPath();
  const count = 100;
  const writers = ['one', 'two'].map((name) => startWriter(path, name, count));
  expect(await Promise.all(writers.map(ended))).toEqual([
    { code: 0, errors: '' },
    { code: 0, errors: '' },
  ]);
  const reader = await openStoreReader({ path });
  expect(await reader.results(ALL)).toHaveLength(2 * count);
  expect(await reader.integrityProblems()).toEqual([]);
  // Some are overtaken by later ones of their incident; none is claimed twice.
  const made = await deliveries(path);
  expect(made.reduce((sum, { n }) => sum + n, 0)).toBe(2 * count);
  expect(made.filter(({ attempts }) => attempts > 1)).toEqual([]);
  await reader.close();
});

test('a writer killed at any moment leaves a sound database with all that it committed', {
  timeout: PATIENCE_MS,
}, async () => {
  const path = temporaryPath();
  for (const [round, after] of [5, 60].entries()) {
    const writer = startWriter(path, `writer-${round}`, 100_000);
    const committed = await slotsUntil(writer, after);
    writer.kill('SIGKILL');
    await once(writer, 'close');
    const store = await openStore({ path });
    expect(await store.integrityProblems()).toEqual([]);
    const found = await store.results({ ...ALL, check: `writer-${round}` });
    expect(found.map(({ slot_at }) => slot_at)).toEqual(expect.arrayContaining(committed));
    await store.close();
  }
});

test('a reader neither waits for an open write transaction nor sees into it', async () => {
  const path = temporaryPath();
  const store = await openStore({ path });
  const change = { kind: 'state' as const, ref: 'a.query', at: 1 };
  await store.record({ changes: [change] });
  const reader = await openStoreReader({ path });
  const writer = new Database(path);
  writer.exec("begin immediate; insert into change (kind, ref, at) values ('state', 'b.query', 2)");
  expect(await reader.changeSeq()).toBe(1);
  expect(await store.changeSeq()).toBe(1);
  writer.exec('commit');
  expect(await reader.changeSeq()).toBe(2);
  writer.close();
  await reader.close();
  await store.close();
});

function startWriter(path: string, name: string, count: number): ChildProcess {
  const script = new URL('./writing-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, path, name, String(count)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function ended(child: ChildProcess): Promise<{ code: unknown; errors: string }> {
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  child.stdout?.resume();
  const [code] = await once(child, 'close');
  return { code, errors };
}

async function slotsUntil(child: ChildProcess, count: number): Promise<number[]> {
  if (child.stdout === null) throw new Error('the writer has no output');
  const slots: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    slots.push(Number(line));
    if (slots.length === count) return slots;
  }
  throw new Error(`the writer ended after ${slots.length} recordings`);
}

async function deliveries(path: string): Promise<{ attempts: number; n: number }[]> {
  const handle = new Database(path, { readonly: true });
  const rows = handle
    .prepare<[], { attempts: number; n: number }>(
      'select attempts, count(*) as n from delivery group by attempts',
    )
    .all();
  handle.close();
  return rows;
}
