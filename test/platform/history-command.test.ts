import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../store/sqlite/open.ts';
import { transition } from '../model/builders.ts';
import { dataFolder, runCommand } from './run-command.ts';

test('npm run history prints a CSV of what was measured', async () => {
  const data_dir = dataFolder();
  const store = await openStore({ path: join(data_dir, 'demo.db') });
  const since = Date.parse('2026-03-01T02:00:00Z');
  await store.record({
    transitions: [transition(since, 'operational')],
  });
  await store.close();
  const args = ['--component', 'beijing.query', '--kind', 'states', '--csv'];
  const range = ['--from', '2026-03-01', '--to', '2026-03-02'];
  const { code, stdout, stderr } = await runCommand('history.ts', data_dir, [...args, ...range]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\r\n')).toEqual([
    'component,from,to,lasts,state,measured,length_ms,recorded_at',
    'beijing.query,2026-02-28T16:00:00.000Z,2026-03-01T02:00:00.000Z,false,unknown,,36000000,',
    'beijing.query,2026-03-01T02:00:00.000Z,2026-03-01T16:00:00.000Z,false,operational,,50400000,' +
      '2026-03-01T02:00:00.000Z',
    '',
  ]);
});

test.each([
  [['--component', 'beijing.nothing'], '--component: expected one of '],
  [['--from', '2026-03-02', '--to', '2026-03-01'], '--from: expected a time before to'],
  [['--weeks'], "Unknown option '--weeks'"],
])('npm run history %o is refused with what was expected', async (args, expected) => {
  const { code, stdout, stderr } = await runCommand('history.ts', dataFolder(), args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(expected);
  expect(stderr).toContain('Usage: npm run history');
});
