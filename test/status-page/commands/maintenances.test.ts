import { afterEach, beforeEach, expect, test } from 'vitest';
import { randomId } from '../../../model/ids.ts';
import { advanceMaintenance } from '../../../model/maintenance/events.ts';
import type { MaintenanceWithUpdates } from '../../../model/maintenance.ts';
import { HOUR, MINUTE } from '../../../model/time.ts';
import {
  type CommandOutcome,
  createMaintenanceCommands,
  type MaintenanceCommands,
} from '../../../status-page/commands/maintenances.ts';
import { T0 } from '../../model/builders.ts';
import { plan, TEXT } from '../../model/maintenance/examples.ts';
import { randomCommand } from '../../model/maintenance/random-command.ts';
import { createRandom } from '../../random.ts';
import { fakeClock, openSite, type Site, silentLog } from '../site.ts';

let site: Site;
let clock: ReturnType<typeof fakeClock>;
let commands: MaintenanceCommands;
beforeEach(async () => {
  site = await openSite();
  clock = fakeClock(T0);
  commands = createMaintenanceCommands({
    store: site.store,
    clock,
    components: new Set(plan.components),
    log: silentLog,
  });
});
afterEach(() => site.close());

function written(outcome: CommandOutcome): MaintenanceWithUpdates {
  if (!('maintenance' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.maintenance;
}

test.each([1, 2, 3, 4])(
  'a command sent twice writes once, whatever it is (seed %i)',
  async (seed) => {
    const random = createRandom(seed);
    const results = new Set<string>();
    let now = T0;
    for (let life = 1; life <= 8; life += 1) {
      const name = random() < 0.5 ? 'create' : 'announce';
      const create = { name, plan: ahead() } as const;
      const created = await twice((key) => commands.create(create, { key }));
      let maintenance = written(created);
      for (let step = 0; step < 15; step += 1) {
        now += Math.round(random() * 40 * MINUTE);
        clock.set(now);
        const { id } = maintenance;
        if (random() < 0.4) await time(maintenance);
        const command = randomCommand(maintenance, now, random);
        const outcome = await twice((key) => commands.execute(id, command, { key }));
        results.add(outcome.result);
        maintenance = (await site.store.maintenance(id)) ?? maintenance;
      }
    }
    expect([...results].toSorted()).toEqual(['done', 'refused', 'same']);

    /** Sends it once more, or both at the same time: the second changes nothing. */
    async function twice(send: (key: string) => Promise<CommandOutcome>): Promise<CommandOutcome> {
      const key = `${seed}-${now}`;
      if (random() < 0.5) {
        const outcomes = await Promise.all([send(key), send(key)]);
        const done = outcomes.filter(({ result }) => result === 'done');
        expect(done.length).toBeLessThanOrEqual(1);
        return done[0] ?? outcomes[0];
      }
      const first = await send(key);
      const seq = await site.reader.changeSeq();
      const second = await send(key);
      if ('maintenance' in first)
        expect(second).toEqual({ result: 'same', maintenance: first.maintenance });
      else expect(second).toEqual(first);
      expect(await site.reader.changeSeq()).toBe(seq);
      return first;
    }

    function ahead() {
      const announced_from = now + HOUR;
      return {
        ...plan,
        announced_from,
        announced_until: announced_from + HOUR,
        expected_recovery_at: announced_from + HOUR,
      };
    }

    /** What the collector does meanwhile. */
    async function time({ updates: _, ...before }: MaintenanceWithUpdates): Promise<void> {
      const scopeWorks = () => random() < 0.5;
      const change = advanceMaintenance(before, { now, newId: randomId, scopeWorks });
      if (change)
        await site.store.record({
          maintenances: [
            { maintenance: change.maintenance, expected_updated_at: before.updated_at },
          ],
          maintenance_updates: change.update ? [change.update] : [],
        });
    }
  },
);

test('a command on what is not there, or not as it was seen, changes nothing', async () => {
  const { updates: _, ...seen } = written(await commands.create({ name: 'announce', plan }));
  const comment = { name: 'comment', text: TEXT } as const;
  expect(await commands.execute('nowhere00000', comment)).toEqual({ result: 'missing' });
  const { id } = seen;
  const unlike = { isAsSeen: () => false };
  expect(await commands.execute(id, comment, unlike)).toMatchObject({
    result: 'stale',
    current: seen,
  });
  expect((await site.store.maintenance(id))?.updates).toHaveLength(1);
  expect(
    await commands.execute(id, comment, { isAsSeen: (now) => now.revision === 1 }),
  ).toMatchObject({
    result: 'done',
    maintenance: { updates: [{ code: 'announced' }, { code: 'text', text: TEXT }] },
  });
});
