import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Drill, SimulatedInvoice } from '../../probes/simulator.ts';
import { openLedger } from '../../simulators/ledger.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  path = join(folder, 'simulator', 'ledger.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true }));

const acceptance = (i: number): SimulatedInvoice => ({
  order_sn: `order-${i}`,
  serial_no: `serial-${i}`,
  number: String(26_000_000_000 + i),
  issued: '20260302100000',
  accepted_at: 1_000 * i,
});
const drill = (id: string, from: number, until: number): Drill => ({
  id,
  system: 'beijing',
  kind: 'stalled_sync',
  function: null,
  format: null,
  from,
  until,
  ms: null,
  code: null,
  rate: null,
});

function reopened(keep_from = 0) {
  return openLedger(path, keep_from);
}

test('remembers acceptances, drills and their early ends', () => {
  const ledger = reopened();
  ledger.accept(acceptance(1));
  ledger.addDrill(drill('a', 10, 100));
  ledger.addDrill(drill('b', 10, 100));
  ledger.endDrill('a', 50);
  const check = (at: typeof ledger) => {
    expect(at.acceptanceOf('order-1')).toEqual(acceptance(1));
    expect(at.acceptedInvoice(acceptance(1).number)).toEqual(acceptance(1));
    expect(at.acceptanceOf('order-2')).toBeNull();
    expect(at.drills()).toEqual([drill('a', 10, 50), drill('b', 10, 100)]);
  };
  check(ledger);
  ledger.close();
  const again = reopened();
  check(again);
  again.close();
});

test('a last line torn anywhere is cut off, and writing goes on after it', () => {
  const ledger = reopened();
  ledger.accept(acceptance(1));
  ledger.accept(acceptance(2));
  ledger.close();
  const whole = readFileSync(path);
  const first = whole.indexOf('\n') + 1;
  for (let length = first; length < whole.length; length += 7) {
    writeFileSync(path, whole.subarray(0, length));
    const torn = reopened();
    expect(torn.acceptanceOf('order-1')).toEqual(acceptance(1));
    expect(torn.acceptanceOf('order-2')).toBeNull();
    torn.accept(acceptance(3));
    torn.close();
    const after = reopened();
    expect(after.acceptanceOf('order-3')).toEqual(acceptance(3));
    after.close();
  }
});

test('a line that is no entry does not keep the others from being read', () => {
  const ledger = reopened();
  ledger.accept(acceptance(1));
  ledger.close();
  appendFileSync(path, '\0\0\0\nnull\n[]\n{"type":"later"}\n');
  const again = reopened();
  again.accept(acceptance(2));
  again.close();
  const last = reopened();
  expect(last.acceptanceOf('order-1')).not.toBeNull();
  expect(last.acceptanceOf('order-2')).not.toBeNull();
  last.close();
});

test('a start leaves out what is too old, and makes the file smaller', () => {
  const ledger = reopened();
  for (let i = 0; i < 100; i += 1) ledger.accept(acceptance(i));
  ledger.addDrill(drill('old', 10, 100));
  ledger.addDrill(drill('new', 10, 95_000));
  ledger.close();
  const before = readFileSync(path).length;
  const later = reopened(90_000);
  later.close();
  expect(readFileSync(path).length).toBeLessThan(before / 5);
  expect(later.acceptanceOf('order-89')).toBeNull();
  expect(later.acceptanceOf('order-90')).not.toBeNull();
  expect(later.drills().map(({ id }) => id)).toEqual(['new']);
});

test('nothing acknowledged is lost when the process is killed', async () => {
  const child = fork(new URL('./ledger-writer.ts', import.meta.url), [path]);
  let acknowledged = 0;
  child.on('message', (count: number) => {
    acknowledged = count;
    if (count === 300) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  const survived = reopened();
  for (let i = 1; i <= acknowledged; i += 1) {
    expect(survived.acceptanceOf(`order-${i}`)).not.toBeNull();
  }
  survived.close();
  truncateSync(path, 0);
  const empty = reopened();
  expect(empty.acceptanceOf('order-1')).toBeNull();
  empty.close();
});
