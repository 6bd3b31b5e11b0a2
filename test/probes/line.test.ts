import { afterEach, describe, expect, test } from 'vitest';
import type { Configuration } from '../../model/configuration.ts';
import { systemClock } from '../../model/time.ts';
import type { LineRunner } from '../../probes/line/line.ts';
import { startLocalLine } from '../../probes/line/local-line.ts';
import { startThread } from '../../probes/line/thread.ts';
import { demoAt, startSimulated, testClock } from './simulated.ts';

/** A new thread may take long on a loaded machine. */
const PATIENT = { timeout: 4_000 };

const lines: LineRunner[] = [];
afterEach(async () => {
  await Promise.all(lines.splice(0).map((line) => line.stop()));
});

async function open(...options: Parameters<typeof startLocalLine>): Promise<LineRunner> {
  const line = await startLocalLine(...options);
  lines.push(line);
  return line;
}

test('measures in its own thread what the configuration says', async () => {
  const clock = testClock(Date.now());
  const simulated = await startSimulated(clock);
  const line = await open({ configuration: demoAt(simulated.url), installation: 'test' });
  const slot_at = clock.now();
  const runs = await Promise.all(
    ['upload', 'query', 'download-pdf', 'download-ofd', 'download-xml', 'reach'].map((check) =>
      line.run(check, slot_at),
    ),
  );
  expect(runs.map(({ outcome, detail }) => [outcome, detail])).toEqual(
    runs.map(() => ['ok', null]),
  );
  const accepted = runs[0]?.accepted;
  if (!accepted) throw new Error('nothing accepted');
  const { number, issued } = accepted;
  expect(await line.look({ check: 'sync', number, issued })).toMatchObject({ finding: 'absent' });
  expect(await line.run('no-such-check', slot_at)).toMatchObject({
    outcome: 'self',
    reason: 'probe_error',
    detail: expect.stringMatching(/^Error at probes\/line\/check-runner\.ts:\d+$/),
  });
  await simulated.close();
});

test('a configuration it cannot work with is refused at the start', async () => {
  const configuration = demoAt('http://127.0.0.1:1');
  const strange = {
    ...configuration,
    systems: configuration.systems.map((system) => ({ ...system, driver: 'telex' })),
  };
  const started = startLocalLine({ configuration: strange, installation: 'test' });
  await expect(started).rejects.toThrow('there is no driver telex; there are pinduoduo, beijing');
});

describe('a thread that', () => {
  const worker_url = new URL('./fixture-worker.ts', import.meta.url);
  /** No deadline: the hard limit is the second of grace. */
  const configuration: Configuration = {
    ...demoAt('http://127.0.0.1:1'),
    checks: ['dies', 'throws', 'spins', 'forgets', 'answers', 'other'].map((id) => ({
      id,
      system: 'site',
      line: 'local',
      deadline_ms: 0,
      function: 'reach',
      schedule: '* * * * * *',
      zone: 'Asia/Shanghai',
      options: {},
    })),
  };
  const misbehaving = () => open({ configuration, installation: 'test' }, systemClock, worker_url);

  test.for(['dies', 'throws'])('%s takes its runs with it as our own fault', async (check) => {
    const line = await misbehaving();
    const [dead, other] = await Promise.all([line.run(check, 1), line.run('other', 1)]);
    expect(dead).toMatchObject({
      outcome: 'self',
      reason: 'worker_died',
      detail: 'the thread died',
      file: null,
      accepted: null,
    });
    expect(other).toMatchObject({ outcome: 'self', reason: 'worker_died' });
    expect(dead.duration_ms).toBeGreaterThan(0);
    await expect.poll(() => line.run('answers', 2), PATIENT).toMatchObject({ outcome: 'ok' });
  });

  test('spins is replaced at the hard limit', async () => {
    const line = await misbehaving();
    const stuck = await line.look({ check: 'spins', number: '', issued: '' });
    expect(stuck).toMatchObject({ finding: 'failed', outcome: 'self', reason: 'worker_died' });
    expect(stuck.duration_ms).toBeGreaterThanOrEqual(990);
    const next = await line.run('answers', 1);
    expect(next.detail, 'not lost with the old thread').not.toBe('the thread died');
    await expect.poll(() => line.run('answers', 2), PATIENT).toMatchObject({ outcome: 'ok' });
  });

  test('forgets one run goes on with the others', async () => {
    const line = await misbehaving();
    const forgotten = line.run('forgets', 1);
    expect(await line.run('answers', 1)).toMatchObject({ outcome: 'ok' });
    expect(await forgotten).toMatchObject({
      reason: 'worker_died',
      detail: 'no answer within 1000 ms',
    });
    expect(await line.run('answers', 2)).toMatchObject({ outcome: 'ok' });
  });

  test('may have only so many questions at a time answers all of them', async () => {
    const thread = await startThread<{ check: string }, { in_hand: number }>({
      url: worker_url,
      data: null,
      concurrency: 2,
      clock: systemClock,
    });
    const asked = Array.from({ length: 20 }, () => thread.send({ check: 'counts' }, 5_000));
    await thread.stop();
    for (const answer of await Promise.all(asked)) {
      expect(answer).toHaveProperty('in_hand');
      expect('in_hand' in answer && answer.in_hand).toBeLessThanOrEqual(2);
    }
    expect(await thread.send({ check: 'counts' }, 5_000)).toMatchObject({ lost: 'stopped' });
  });
});
