import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { NUMBERS } from '../../model/numbers.ts';
import { systemClock } from '../../model/time.ts';
import type { ChildProgram } from '../../platform/process/child-program.ts';
import {
  restartDelayMs,
  SUPERVISOR_LIMITS,
  type SupervisorLimits,
} from '../../platform/process/limits.ts';
import { createSupervisor, type Supervisor } from '../../platform/process/supervisor.ts';
import { keptLog } from './quiet.ts';

const CHILD = join(import.meta.dirname, 'fixtures/child.ts');
let supervisor: Supervisor | null = null;

afterEach(async () => {
  await supervisor?.stop();
  supervisor = null;
});

function supervise(limits: Partial<SupervisorLimits> = {}) {
  const { log, entries } = keptLog();
  const told: string[] = [];
  supervisor = createSupervisor({
    log,
    clock: systemClock,
    tell: (sentence) => told.push(sentence),
    limits: { ...SUPERVISOR_LIMITS, drain_ms: 5_000, ...limits },
  });
  const ready = () => entries.filter(({ msg }) => msg === 'ready');
  const ends = () => entries.filter(({ msg }) => msg === 'child exited; restarting');
  return { supervisor, entries, told, ready, ends };
}

function program(behaviour: string, variables: Record<string, string> = {}): ChildProgram {
  return {
    name: behaviour,
    module: CHILD,
    args: [behaviour],
    flags: [],
    variables,
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
    expect(await supervisor.unrecoverable).toEqual({ process: 'unusable', why: 'exit code 2' });
    expect(ready()).toEqual([]);
  });

  it('stops all children, the stubborn ones by force', async () => {
    const { supervisor, entries, ready } = supervise();
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

/** The pace of these tests: a sign of life every 50 ms. Silence that is not theirs kills nobody. */
const PATIENT = { look_every_ms: 50, silent_looks: 1_200, silent_looks_starting: 2_400 };
/** Silence is half a second, or three before a child is ready: a busy machine causes that too. */
const QUICK = { ...PATIENT, silent_looks: 10, silent_looks_starting: 60 };

describe('a child that lives but does nothing', () => {
  it('is killed and started again when it is stopped (D15)', async () => {
    const { supervisor, entries, ready, ends } = supervise({ ...PATIENT, silent_looks: 80 });
    await supervisor.start(program('alive'));
    const [first] = ready();
    process.kill(Number(first?.pid), 'SIGSTOP');
    await until(() => ready().length === 2);
    expect(ends()).toMatchObject([{ child: 'alive', signal: 'SIGKILL', why: 'no sign of life' }]);
    expect(entries).toContainEqual(
      expect.objectContaining({ msg: 'child gives no sign of life; killing', pid: first?.pid }),
    );
    expect(isAlive(first?.pid)).toBe(false);
  });

  it.each([
    ['its event loop is blocked', 'blocked'],
    ['it says nothing', 'stuck'],
    ['it is blocked before it is ready', 'blocked_start'],
    ['it never becomes ready', 'never_ready'],
  ])('is killed and started again when %s (D15)', async (_, behaviour) => {
    const { supervisor, ends } = supervise(QUICK);
    void supervisor.start(program(behaviour));
    await until(() => ends().length > 0);
    expect(ends()[0]).toMatchObject({ signal: 'SIGKILL', why: 'no sign of life' });
  });

  it('is left alone for a pause below the limit', async () => {
    const { supervisor, ready, ends } = supervise({ ...PATIENT, silent_looks: 100 });
    await supervisor.start(program('alive'));
    const pid = Number(ready()[0]?.pid);
    process.kill(pid, 'SIGSTOP');
    await wait(800);
    process.kill(pid, 'SIGCONT');
    await wait(1_500);
    expect(ends()).toEqual([]);
    expect(isAlive(pid)).toBe(true);
  });
});

describe('a supervisor that was suspended', () => {
  it.each([
    ['alone', false],
    ['with its children, as by the sleep of a machine', true],
  ])('%s kills nobody when it wakes up', async (_, with_children) => {
    const parent = fork(join(import.meta.dirname, 'fixtures/supervised.ts'), [], { silent: true });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const lines: Record<string, unknown>[] = [];
    if (!parent.stdout) throw new Error('no output');
    createInterface({ input: parent.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
    await until(() => lines.some(({ msg }) => msg === 'ready'));
    const child = Number(lines.find(({ msg }) => msg === 'ready')?.pid);
    const stopped = [Number(parent.pid), ...(with_children ? [child] : [])];
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
    await wait(5_000);
    for (const pid of stopped) process.kill(pid, 'SIGCONT');
    await wait(1_000);
    expect(lines.map(({ msg }) => msg)).toEqual(['ready']);
    expect(isAlive(child)).toBe(true);
  });
});

describe('a crash loop', () => {
  it('is told to people once and to the other children, until it is over', async () => {
    const { supervisor, told, ends } = supervise({
      ...PATIENT,
      crash_loop: { ...NUMBERS.crash_loop, over_after_ms: 1_000 },
    });
    const folder = mkdtempSync(join(tmpdir(), 'piaokuang-supervisor-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const heard = join(folder, 'heard');
    const spell = join(folder, 'spell');
    writeFileSync(spell, '');
    const troubles = () => JSON.parse(existsSync(heard) ? readFileSync(heard, 'utf8') : '[]');
    await supervisor.start(program('listening', { HEARD: heard }));
    void supervisor.start(program('crashing', { SPELL: spell }));
    await until(() => troubles().length > 0);
    expect(troubles()).toMatchObject([
      { process: 'crashing', kind: 'crashing', detail: 'exit code 1' },
    ]);
    await until(() => ends().length >= 4);
    expect(told).toEqual([
      'The crashing has ended 3 times within minutes (last: exit code 1). It is started again, ' +
        'at most every 30 s; the log says what it was doing.',
    ]);
    rmSync(spell);
    await until(() => told.length === 2);
    expect(told[1]).toBe('The crashing runs again.');
    await until(() => troubles().length === 0);
  });

  it('is not what two ends are', async () => {
    const { supervisor, told, ready } = supervise(PATIENT);
    await supervisor.start(program('alive'));
    for (const nth of [1, 2]) {
      process.kill(Number(ready().at(-1)?.pid), 'SIGKILL');
      await until(() => ready().length === nth + 1);
    }
    expect(told).toEqual([]);
  });
});

describe('an end for good', () => {
  function notifier(behaviour: string, variables: Record<string, string> = {}): ChildProgram {
    return { ...program(behaviour, variables), tells_operators: true };
  }

  it('comes after operators were told why, by the child that tells them', async () => {
    const { supervisor } = supervise({ ...PATIENT, tell_ms: 20_000 });
    const folder = mkdtempSync(join(tmpdir(), 'piaokuang-supervisor-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const heard = join(folder, 'heard');
    await supervisor.start(notifier('listening', { HEARD: heard }));
    void supervisor.start(program('refusing'));
    const why = 'The database was deleted.';
    expect(await supervisor.unrecoverable).toEqual({ process: 'refusing', why });
    expect(JSON.parse(readFileSync(heard, 'utf8'))).toMatchObject([
      { process: 'refusing', kind: 'ended', cause: null, detail: why },
    ]);
  });

  it.each([
    ['that says nothing', 'alive', 600],
    ['that is not ready', 'never_ready', 20_000],
  ])('does not wait for ever for one %s', async (_, behaviour, tell_ms) => {
    const { supervisor } = supervise({ ...PATIENT, tell_ms });
    const started = supervisor.start(notifier(behaviour));
    if (behaviour === 'alive') await started;
    void supervisor.start(program('refusing'));
    expect(await supervisor.unrecoverable).toMatchObject({ process: 'refusing' });
  });
});

it('leaves a child alone that says what it waits for, and tells the others', async () => {
  const { supervisor, ends, ready } = supervise(PATIENT);
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-supervisor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const heard = join(folder, 'heard');
  const spell = join(folder, 'spell');
  writeFileSync(spell, '');
  await supervisor.start(program('listening', { HEARD: heard }));
  const started = supervisor.start(program('waiting', { SPELL: spell }));
  await until(() => existsSync(heard) && readFileSync(heard, 'utf8').includes('waiting'));
  expect(JSON.parse(readFileSync(heard, 'utf8'))).toMatchObject([
    { process: 'waiting', kind: 'not_ready', cause: 'lock', since: 1_000, detail: 'locked' },
  ]);
  rmSync(spell);
  await started;
  expect([ends(), ready().length]).toEqual([[], 2]);
  await until(() => readFileSync(heard, 'utf8') === '[]');
});

it('tells the other children why one is not ready, and when it is again', async () => {
  const { supervisor, ready } = supervise(PATIENT);
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-supervisor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const heard = join(folder, 'heard');
  const spell = join(folder, 'spell');
  const troubles = () => JSON.parse(existsSync(heard) ? readFileSync(heard, 'utf8') : '[]');
  await supervisor.start(program('listening', { HEARD: heard }));
  await supervisor.start(program('unready', { SPELL: spell }));
  writeFileSync(spell, '');
  await until(() => troubles().length > 0);
  expect(troubles()).toMatchObject([{ process: 'unready', kind: 'not_ready', detail: 'full' }]);
  rmSync(spell);
  await until(() => troubles().length === 0);
  expect(ready()).toHaveLength(2);
});

it('waits longer from restart to restart, up to half a minute', () => {
  const delays = [0, 1, 2, 5, 6, 7, 1_000].map(restartDelayMs);
  expect(delays).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000]);
});
