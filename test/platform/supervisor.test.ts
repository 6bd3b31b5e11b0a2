import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../model/time.ts';
import {
  type ChildProgram,
  createSupervisor,
  restartDelayMs,
  type Supervisor,
} from '../../platform/process/supervisor.ts';
import { keptLog } from './quiet.ts';

const CHILD = join(import.meta.dirname, 'fixtures/child.ts');
let supervisor: Supervisor | null = null;

afterEach(async () => {
  await supervisor?.stop();
  supervisor = null;
});

function supervise(drain_limit_ms = 5_000) {
  const { log, entries } = keptLog();
  supervisor = createSupervisor(log, systemClock, drain_limit_ms);
  const ready = () => entries.filter(({ msg }) => msg === 'ready');
  return { supervisor, entries, ready };
}

function program(behaviour: string, name = behaviour): ChildProgram {
  return {
    name,
    module: CHILD,
    args: [behaviour],
    variables: {},
    port_variables: { main: 'CHILD_PORT' },
  };
}

async function until(what: () => boolean): Promise<void> {
  while (!what()) await wait(20);
}

function isAlive(pid: unknown): boolean {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}

describe('a supervisor', () => {
  it('settles with the ports a child reports', async () => {
    const { supervisor } = supervise();
    const ports = await supervisor.start(program('steady'));
    expect(ports.main).toBeGreaterThan(0);
  });

  it('starts a child that was killed again, on the port it had picked', async () => {
    const { supervisor, entries, ready } = supervise();
    const ports = await supervisor.start(program('steady'));
    process.kill(Number(ready()[0]?.pid), 'SIGKILL');
    await until(() => ready().length === 2);
    expect(ready()[1]?.ports).toEqual(ports);
    expect(ready()[1]?.pid).not.toBe(ready()[0]?.pid);
    const death = entries.find(({ msg }) => msg === 'child exited; restarting');
    expect(death).toMatchObject({ child: 'steady', signal: 'SIGKILL', delay_ms: 500 });
  });

  it('reports a child that cannot work here and does not start it again', async () => {
    const { supervisor, ready } = supervise();
    void supervisor.start(program('unusable'));
    expect(await supervisor.unrecoverable).toBe('unusable');
    expect(ready()).toEqual([]);
  });

  it('stops all children, the stubborn ones by force', async () => {
    const { supervisor, entries, ready } = supervise(300);
    await supervisor.start(program('stubborn'));
    await supervisor.start(program('steady'));
    await supervisor.stop();
    expect(ready().map(({ pid }) => isAlive(pid))).toEqual([false, false]);
    expect(entries.find(({ msg }) => msg === 'killing remaining children')).toMatchObject({
      children: ['stubborn'],
    });
  });

  it('starts nothing again once it stops', async () => {
    const { supervisor, ready } = supervise();
    await supervisor.start(program('steady'));
    process.kill(Number(ready()[0]?.pid), 'SIGKILL');
    await supervisor.stop();
    await wait(700);
    expect(ready()).toHaveLength(1);
  });
});

it('waits longer from restart to restart, up to half a minute', () => {
  const delays = [0, 1, 2, 5, 6, 7, 1_000].map(restartDelayMs);
  expect(delays).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000]);
});
