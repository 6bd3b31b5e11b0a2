import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../test/process/ports.ts';
import { eventually } from '../test/process/wait.ts';
import type { Benchmark } from './benchmark.ts';
import { median } from './figure.ts';
import { inFolder } from './folder.ts';

const ROOT = join(import.meta.dirname, '..');
const FIRST_STARTS = 3;
const LATER_STARTS = 5;

export const start: Benchmark = {
  name: 'start',
  about:
    'From `npm start` of the demo, installed and built, to the first 200 of the page, asked ' +
    'every 50 ms; medians. The first start in an empty folder makes 90 days of history up.',

  async run() {
    const first: number[] = [];
    const later: number[] = [];
    for (let n = 0; n < FIRST_STARTS; n += 1) {
      await inFolder(async (data_dir) => {
        first.push(await timeStart(data_dir));
        const again = n === 0 ? LATER_STARTS : 0;
        for (let m = 0; m < again; m += 1) later.push(await timeStart(data_dir));
      });
    }
    const figure = (what: string, times: readonly number[]) => ({
      what,
      value: median(times) / 1_000,
      unit: 's',
      n: times.length,
      budget: { at_most: 5 },
    });
    return [figure('start to first page', later), figure('first start to first page', first)];
  },
};

/** Ms from `npm start` to the first page; stops it again. */
async function timeStart(data_dir: string): Promise<number> {
  const port = await freePort();
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    stdio: 'ignore',
    env: {
      ...process.env,
      PORT: String(port),
      COLLECTOR_PORT: '0',
      PAGE_PRIVATE_PORT: '0',
      NOTIFY_PORT: '0',
      INGEST_PORT: '0',
      SIMULATOR_PORT: '0',
      DATA_DIR: data_dir,
      DEMO_DRILL: 'off',
    },
  });
  const gone = once(npm, 'exit');
  try {
    const { after_ms } = await eventually('the first page', () =>
      fetch(`http://127.0.0.1:${port}/`).then(
        (answer) => answer.ok,
        () => false,
      ),
    );
    return after_ms;
  } finally {
    npm.kill('SIGTERM');
    await gone;
  }
}
