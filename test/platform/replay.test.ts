import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgedBy } from '../../collector/replay/judged-by.ts';
import { siteOf } from '../../collector/state/site.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import { loadConfiguration } from '../../platform/config/load.ts';
import { SYSTEMS } from '../../probes/systems/index.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { transition } from '../model/builders.ts';
import { dataFolder, runCommand } from './run-command.ts';

/** Of the demo. */
const COMPONENT = 'pinduoduo.upload';

test('npm run replay prints where the ledger differs, and exits with 1', async () => {
  const data_dir = dataFolder();
  const store = await openStore({ path: join(data_dir, 'demo.db') });
  const now = Date.parse('2026-11-02T00:00:00Z');
  await store.record({ heartbeat_at: now });
  const by_others = await runCommand('replay.ts', data_dir);
  expect(by_others).toMatchObject({ code: 2, stdout: '' });
  expect(by_others.stderr).toMatch(/other checks, policies or rules/);
  const site = siteOf(loadConfiguration({ argv: [], env: {}, drivers: SYSTEMS }));
  await store.record({ judge: { judged_by: judgedBy(site), judged_since: now - DAY } });
  const nothing = await runCommand('replay.ts', data_dir);
  expect(nothing).toMatchObject({ code: 0, stdout: '' });
  // No result says so.
  const since = now - 2 * HOUR;
  const status = { component: COMPONENT, state: 'operational', since } as const;
  const rest = { notes: [], measured_at: null, valid_until: null };
  await store.record({
    components: [{ ...status, ...rest, recent: null, sync: null, last: null }],
    transitions: [transition(since, 'operational', COMPONENT)],
  });
  const { code, stdout, stderr } = await runCommand('replay.ts', data_dir);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/differs/) });
  const until = new Date(now - 10 * MINUTE).toISOString();
  expect(stdout.split('\n')[1]?.split(/ {2,}/)).toEqual([
    COMPONENT,
    new Date(since).toISOString(),
    until,
    'operational',
    'unknown',
  ]);
  expect(now - since).toBeLessThan(DAY);
  await store.close();
});

test('npm run replay leaves a damaged database as it is and exits with 2', async () => {
  const data_dir = dataFolder();
  writeFileSync(join(data_dir, 'demo.db'), 'this was a database once '.repeat(400));
  const { code, stdout } = await runCommand('replay.ts', data_dir);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
