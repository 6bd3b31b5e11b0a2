import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isDatabaseRefusal } from '../../store/errors.ts';
import { RoleTaken } from '../../store/role-taken.ts';
import { expectUnused, takePlace } from '../../store/sqlite/place.ts';

const PROGRAM = fileURLToPath(new URL('./fixtures/place-process.ts', import.meta.url));

describe('a data directory with a running collector', () => {
  test('takes no second one, and names the first', async () => {
    const data_dir = temporaryFolder();
    const running = await startCollector(data_dir);
    for (const attempt of [
      takePlace({ role: 'collector', data_dir }),
      expectUnused({ data_dir }),
    ]) {
      const refusal = await attempt.catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(RoleTaken);
      expect(String(refusal)).toContain(`${data_dir}: its collector (process ${running.pid})`);
      expect(isDatabaseRefusal(refusal)).toBe(true);
    }
    (await takePlace({ role: 'notifier', data_dir })).leave();
    await expectUnused({ data_dir: temporaryFolder() });
  });

  test('is free as soon as that is killed', async () => {
    const data_dir = temporaryFolder();
    const running = await startCollector(data_dir);
    running.kill('SIGKILL');
    await once(running, 'close');
    await expectUnused({ data_dir });
    const place = await takePlace({ role: 'collector', data_dir });
    await expect(expectUnused({ data_dir })).rejects.toThrow(`process ${process.pid}`);
    place.leave();
    await expectUnused({ data_dir });
  });

  test('is waited for when its supervisor is gone, but not for ever', async () => {
    const data_dir = temporaryFolder();
    const running = await startCollector(data_dir);
    const gone = spawn(process.execPath, ['-e', '0']);
    await once(gone, 'close');
    writeFileSync(join(data_dir, 'collector.pid'), `${running.pid} ${gone.pid}\n`);
    const orphan = expectUnused({ data_dir, orphan_patience_ms: 300 });
    await expect(orphan).rejects.toThrow(`process ${running.pid}, whose supervisor is gone`);
    const waiting = expectUnused({ data_dir, orphan_patience_ms: 30_000 });
    running.kill('SIGKILL');
    await waiting;
  });

  test.each([
    ['cannot be named', ''],
    ['is named by an older end', '4194304 1\n'],
  ])('is refused, too, when it %s', async (_, text) => {
    const data_dir = temporaryFolder();
    await startCollector(data_dir);
    writeFileSync(join(data_dir, 'collector.pid'), text);
    const start = takePlace({ role: 'collector', data_dir, orphan_patience_ms: 300 });
    await expect(start).rejects.toThrow('its collector (unknown pid)');
  });
});

test('a disk that allows no lock keeps nobody from starting', async () => {
  const data_dir = temporaryFolder();
  mkdirSync(join(data_dir, 'collector.lock'));
  (await takePlace({ role: 'collector', data_dir })).leave();
  await expectUnused({ data_dir });
});

test('the lock costs no space and leaves nothing beside it', async () => {
  const data_dir = temporaryFolder();
  const place = await takePlace({ role: 'collector', data_dir });
  expect(readdirSync(data_dir)).toEqual(['collector.lock', 'collector.pid']);
  place.leave();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-place-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function startCollector(data_dir: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [PROGRAM, data_dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}
