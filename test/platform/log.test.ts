import { expect, it } from 'vitest';
import { keptLog } from './quiet.ts';

it('writes one JSON object per entry, with time, level in words, process and fields', () => {
  const { log, entries } = keptLog();
  log.warn({ check: 'beijing-query' }, 'late');
  expect(entries).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      process: 'test',
      check: 'beijing-query',
      msg: 'late',
    },
  ]);
});

it('writes an error with its type, message and stack', () => {
  const { log, entries } = keptLog();
  log.error({ err: new RangeError('too far') }, 'failed');
  expect(entries[0]?.err).toMatchObject({
    type: 'RangeError',
    message: 'too far',
    stack: expect.stringContaining('log.test.ts'),
  });
});
