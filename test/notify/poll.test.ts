import { expect, it } from 'vitest';
import { systemClock } from '../../model/time.ts';
import { startPolling } from '../../notify/poll.ts';
import { keptLog } from '../platform/quiet.ts';

it('goes on after a failure, and says what it was until a round succeeds', async () => {
  const { log, entries } = keptLog();
  const failed = Promise.withResolvers<void>();
  const recovered = Promise.withResolvers<void>();
  let rounds = 0;
  const polling = startPolling({
    async work() {
      rounds++;
      if (rounds === 1) throw new Error('the database is locked');
      // The failure of the first round is still the last that is known.
      if (rounds === 2) failed.resolve();
      if (rounds === 3) recovered.resolve();
    },
    pause_ms: 30,
    clock: systemClock,
    log,
  });
  await Promise.resolve();
  expect(polling.problem()?.detail).toBe('the database is locked');
  await failed.promise;
  await recovered.promise;
  expect(polling.problem()).toBeNull();
  expect(entries).toHaveLength(1);
  await polling.stop();
});

it('is not well when a round does not come to an end', async () => {
  let now = 0;
  const round = Promise.withResolvers<void>();
  const polling = startPolling({
    work: () => round.promise,
    pause_ms: 1,
    clock: { now: () => now, monotonic: () => now },
    log: keptLog().log,
  });
  expect(polling.problem()).toBeNull();
  now = 60_001;
  expect(polling.problem()?.detail).toBe('no poll has succeeded for 60 s');
  round.resolve();
  await polling.stop();
});
