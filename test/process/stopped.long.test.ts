import { expect, it } from 'vitest';
import { getText } from './ask.ts';
import { useQuickSite } from './use-installation.ts';
import { eventually } from './wait.ts';

const site = useQuickSite();

it('stopped processes are killed, started again and ready, on the same ports (D15)', async () => {
  const { collector, page_private: page, notifier, pids } = site.now;
  const stopped = ['collector', 'page', 'notifier'].map((name) => Number(pids[name]));
  for (const pid of stopped) process.kill(pid, 'SIGSTOP');
  await eventually('all gone', async () => !stopped.some(isAlive));
  for (const origin of [collector, page, notifier]) {
    const ready = async () => getText(`${origin}/-/ready`).catch(() => null);
    const { value } = await eventually('ready', ready);
    expect(value).toBe('ready\n');
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
