import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openIngestClient } from '../../clients/ingest/index.ts';
import { mountDisk, refusalOfDisks } from '../process/injuring/disk.ts';
import { anEvent, startOddIngest } from './odd-ingest.ts';

const refusal = refusalOfDisks();
const without = refusal === null ? '' : ` (NOT RUN, for want of a disk: ${refusal})`;
const NOBODY = { url: 'http://127.0.0.1:9/ingest/events', token: 'none' };

/** A small disk with a file that takes half of it, and room for a buffer. */
function smallDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-client-'));
  const disk = mountDisk(join(folder, 'disk'), '64k');
  const ballast = join(disk.path, 'ballast');
  onTestFinished(() => {
    disk.unmount();
    rmSync(folder, { recursive: true });
  });
  return {
    ...{ folder, buffer: join(disk.path, 'events.ndjson') },
    fill: (bytes = 64 * 1024) => {
      try {
        writeFileSync(ballast, Buffer.alloc(bytes));
      } catch {
        // It is full then.
      }
    },
    free: () => rmSync(ballast),
  };
}

test.skipIf(refusal !== null)(`what a full disk cut off is not sent${without}`, async () => {
  const { folder, buffer, fill, free } = smallDisk();
  fill(48 * 1024);
  const client = await openIngestClient({ ...NOBODY, buffer });
  const written: string[] = [];
  for (let n = 0; written.length === n; n += 1) {
    await client.send(anEvent(`k${n}`)).then(
      () => written.push(`k${n}`),
      (err) => expect(err.code).toBe('ENOSPC'),
    );
  }
  expect(client.waiting()).toBe(written.length);
  // Some of the line is there.
  const lines = written.map((key) => `${JSON.stringify(anEvent(key))}\n`);
  expect(statSync(buffer).size).toBeGreaterThan(lines.join('').length);
  free();
  await client.send(anEvent('later'));
  const keys = readFileSync(buffer, 'utf8')
    .trimEnd()
    .split('\n')
    .map((it) => JSON.parse(it).key);
  expect(keys).toEqual([...written, 'later']);
  // As after a crash, by a new client.
  const copy = join(folder, 'copy.ndjson');
  copyFileSync(buffer, copy);
  await client.close();
  const ingest = await startOddIngest();
  const again = await openIngestClient({ ...ingest, buffer: copy });
  await again.flush();
  await again.close();
  expect(await ingest.counted()).toBe(keys.length);
});

test.skipIf(refusal !== null)(`what is refused waits for room to be kept${without}`, async () => {
  const { buffer, fill, free } = smallDisk();
  const before = await openIngestClient({ ...NOBODY, buffer });
  await before.send({ ...anEvent('bad'), at: '2026-02-30T10:00:00+08:00' });
  await before.send(anEvent('good'));
  await before.close();
  fill();
  const ingest = await startOddIngest();
  const problems: string[] = [];
  const client = await openIngestClient({ ...ingest, buffer, failed: (it) => problems.push(it) });
  await expect.poll(() => problems.join('\n')).toContain('ENOSPC');
  expect(client.waiting()).toBe(2);
  free();
  await client.flush();
  await client.close();
  expect(readFileSync(buffer, 'utf8')).toBe('');
  const kept = readFileSync(`${buffer}.refused`, 'utf8');
  expect(kept).toContain('"key":"bad"');
  expect(await ingest.counted()).toBe(1);
});
