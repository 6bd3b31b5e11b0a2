import { afterEach, expect, onTestFinished, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { learnedCopies } from '../../model/specimen.ts';
import { DAY, HOUR, MINUTE, systemClock } from '../../model/time.ts';
import { createCheckRunner } from '../../probes/line/check-runner.ts';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import type { Store } from '../../store/store.ts';
import { type RawServer, startRawServer } from '../probes/raw-server.ts';
import { demoAt } from '../probes/simulated.ts';
import { START } from './configuration.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';

const NUMBER = '25000000000000000001';
const PDF = specimenFile('pdf', specimenInvoice(NUMBER, '20250101090000'));
const CHECK = 'link-pdf';

/** Copies to deliver, the last one for ever. */
let copies: Uint8Array[] = [];
let server: RawServer | null = null;
afterEach(() => server?.close());

async function startDelivery(): Promise<RawServer> {
  server = await startRawServer((socket) => {
    const bytes = (copies.length > 1 ? copies.shift() : copies[0]) ?? new Uint8Array();
    const { length } = bytes;
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: ${length}\r\n\r\n`,
    );
    socket.end(bytes);
  });
  return server;
}

/** One check that downloads the file of a delivery link. */
function downloading(url: string): Configuration {
  const demo = demoAt(url);
  const [line] = demo.lines;
  return {
    ...demo,
    systems: demo.systems
      .filter(({ id }) => id === 'site')
      .map((system) => ({
        ...system,
        id: 'links',
        driver: 'dppt',
        environment: 'simulator',
        settings: { links: [{ url: `${url}/file.pdf`, number: NUMBER }] },
      })),
    checks: [
      {
        id: CHECK,
        system: 'links',
        line: line?.id ?? '',
        function: 'download',
        deadline_ms: 3_000,
        schedule: '*/5 * * * *',
        zone: 'Asia/Shanghai',
        options: { format: 'pdf', link: 1 },
      },
    ],
  };
}

/** Runs the check for a slot after a restart, and records the result. */
async function runAfterRestart(store: Store, configuration: Configuration, slot_at: number) {
  const { recorder, live } = await resumeRecorder(store, configuration);
  const runner = createCheckRunner({ configuration, installation: 'test', clock: systemClock });
  const known = learnedCopies(live.specimens.get(CHECK) ?? []);
  const run = await runner.run(CHECK, slot_at, known);
  const result = { ...run, check: CHECK, slot_at, started_at: slot_at };
  await recorder.result({ ...result, confirming: false, simulated: false, proof: null });
  return run;
}

/** Flips a bit in the middle of the largest stream, which the page needs. */
function withDamagedStream(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const [largest] = [...text.matchAll(/stream\r?\n(.*?)endstream/gs)].sort(
    (a, b) => b[0].length - a[0].length,
  );
  if (!largest) throw new Error('no stream');
  const copy = Uint8Array.from(bytes);
  const at = largest.index + Math.floor(largest[0].length / 2);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

test('F3: one damaged stream of a known PDF is corrupt by bytes, restarts in between', async () => {
  const { url, received } = await startDelivery();
  const configuration = downloading(url);
  const { store } = await openSiteStore(configuration);
  onTestFinished(() => store.close());
  const run = (slot_at: number) => runAfterRestart(store, configuration, slot_at);

  copies = [PDF];
  for (const slot_at of [START, START + HOUR, START + DAY]) {
    expect(await run(slot_at)).toMatchObject({
      outcome: 'ok',
      integrity: { verdict: 'sound', checked: 'structure' },
    });
  }
  expect(await run(START + DAY + HOUR)).toMatchObject({
    outcome: 'ok',
    integrity: { verdict: 'sound', checked: 'bytes' },
  });
  expect(received, 'one request a run').toHaveLength(4);

  copies = [withDamagedStream(PDF)];
  const damaged = await run(START + DAY + 2 * HOUR);
  expect(damaged).toMatchObject({
    outcome: 'corrupt',
    integrity: { verdict: 'corrupt', checked: 'bytes' },
    bytes: PDF.length,
    file: null,
  });
  expect(received, 'fetched once more').toHaveLength(6);

  copies = [withDamagedStream(PDF), PDF];
  expect(await run(START + DAY + 3 * HOUR)).toMatchObject({ outcome: 'corrupt' });
  copies = [PDF];
  expect(await run(START + DAY + 4 * HOUR)).toMatchObject({
    outcome: 'ok',
    integrity: { checked: 'bytes' },
  });

  const appended = Buffer.concat([PDF, Buffer.from('\n% sealed again\n')]);
  copies = [appended];
  const updated = await run(START + DAY + 5 * HOUR);
  expect(updated).toMatchObject({ outcome: 'ok', integrity: { verdict: 'sound' } });
  expect(updated.notes).toContain('file_updated');
  expect(await run(START + DAY + 6 * HOUR)).toMatchObject({
    notes: ['bytes_appended'],
    integrity: { checked: 'bytes' },
  });
  const changes = await store.specimenChanges({ check: CHECK, limit: 5 });
  expect(changes.map(({ kind }) => kind)).toEqual(['updated', 'learned']);
  expect(changes.map(({ at }) => Math.floor((at - START) / MINUTE / 60))).toEqual([29, 24]);
});
