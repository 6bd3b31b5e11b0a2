import { beforeEach, describe, expect, test } from 'vitest';
import type { Journey } from '../../../model/journey.ts';
import { TOLD_STAGES, type ToldStage } from '../../../model/stage.ts';
import type { Store } from '../../../store/store.ts';
import type { OpenDatabase } from './database.ts';
import { aJourney, aReachedStage, QUERY, SYNC, T0 } from './samples.ts';

const { component } = SYNC;
const idOf = (digit: string) => digit.repeat(32);

/** An invoice by the digit of its journey. */
const invoice = (digit: string, parts: Partial<Journey> = {}) =>
  aJourney({ id: idOf(digit), accepted_at: T0 + Number(digit), ...parts });

/** What it reached so long after T0. */
const reached = (digit: string, stage: ToldStage, ms: number, delay_ms: number | null = ms) =>
  aReachedStage({ journey: idOf(digit), stage, at: T0 + ms, delay_ms });

export function reachedStageContract(open: () => Promise<OpenDatabase>): void {
  describe('stages', () => {
    let store: Store;

    beforeEach(async () => {
      ({ store } = await open());
    });

    test('stay as they were told first, each of an invoice once', async () => {
      const first = reached('1', 'issued', 5);
      const before = reached('1', 'reviewed', 2, null);
      await store.record({ reached_stages: [first] });
      await store.record({ reached_stages: [reached('1', 'issued', 9), before] });
      await store.record({ reached_stages: [reached('2', 'issued', 9)] });
      expect(await store.reachedStages([idOf('1'), idOf('3')])).toEqual([before, first]);
      expect(await store.reachedStages([])).toEqual([]);
    });

    test('of a check that is not registered are not written', async () => {
      const stray = aReachedStage({ check: 'nobody' });
      await expect(store.record({ reached_stages: [stray] })).rejects.toThrow(/nobody/);
    });

    test('have the delays of those reached in a time, by component', async () => {
      await store.record({
        reached_stages: [
          reached('1', 'issued', 10, 4),
          reached('2', 'issued', 11, 3),
          { ...reached('3', 'issued', 20, 9), simulated: true },
          reached('4', 'issued', 21, 1),
          // What began a journey, or was before its acceptance.
          reached('5', 'issued', 15, null),
          reached('5', 'sealed', 15, 0),
          { ...reached('6', 'sealed', 15, 8), check: QUERY.check },
          reached('7', 'verified', 15, null),
        ],
      });
      const found = await store.stageDelays(T0 + 10, T0 + 20);
      const key = (it: (typeof found)[number]) => `${it.component} ${it.stage}`;
      const in_order = found.toSorted((a, b) => key(a).localeCompare(key(b)));
      expect(
        in_order.map((it) => ({ ...it, delays_ms: it.delays_ms.toSorted((a, b) => a - b) })),
      ).toEqual([
        { component: QUERY.component, stage: 'sealed', delays_ms: [8], simulated: false },
        { component, stage: 'issued', delays_ms: [3, 9], simulated: true },
        { component, stage: 'sealed', delays_ms: [0], simulated: false },
      ]);
    });

    test('say where invoices wait: at the last one since the acceptance', async () => {
      await store.record({
        journeys: [
          invoice('1'),
          invoice('2'),
          invoice('3'),
          invoice('4', { component: 'other.sync' }),
          invoice('5', { state: 'arrived' }),
          invoice('6', { state: 'voided' }),
          invoice('7', { state: 'lost' }),
          invoice('8'),
        ],
        reached_stages: [
          // By time, not by the order of the stages.
          reached('1', 'sealed', 20),
          reached('1', 'reviewed', 30),
          reached('2', 'reviewed', 40),
          // Nothing since its acceptance.
          reached('3', 'sealed', 1, null),
          ...['4', '5', '6', '7'].map((digit) => reached(digit, 'issued', 20)),
        ],
      });
      const waiting = await store.waitingAtStages();
      expect(waiting.filter((it) => it.component === component)).toEqual([
        { component, stage: 'accepted', n: 2, oldest_accepted_at: T0 + 3 },
        { component, stage: 'reviewed', n: 2, oldest_accepted_at: T0 + 1 },
      ]);
      expect(waiting.filter((it) => it.component !== component)).toEqual([
        { component: 'other.sync', stage: 'issued', n: 1, oldest_accepted_at: T0 + 4 },
      ]);
    });

    test('of one at the latest then, only where it follows all others, too', async () => {
      const at_latest = (digit: string, stage: ToldStage, ms: number) => ({
        ...reached(digit, stage, ms, null),
        at_latest: true,
      });
      await store.record({
        journeys: ['1', '2', '3', '4', '5'].map((digit) => invoice(digit)),
        reached_stages: [
          // It may have been reviewed before it was issued, whenever that is told.
          reached('1', 'issued', 20),
          at_latest('1', 'reviewed', 30),
          // Sealed for sure; told before what followed for sure.
          reached('2', 'issued', 20),
          at_latest('2', 'sealed', 20),
          reached('3', 'reviewed', 40),
          at_latest('3', 'sealed', 30),
          at_latest('4', 'delivered', 30),
          at_latest('4', 'sealed', 40),
          // Before its acceptance, at the latest.
          at_latest('5', 'sealed', 4),
        ],
      });
      const waiting = await store.waitingAtStages();
      expect(waiting.map(({ stage, n }) => [stage, n])).toEqual([
        ['accepted', 1],
        ['reviewed', 1],
        ['issued', 1],
        ['sealed', 1],
        ['delivered', 1],
      ]);
    });

    test('are replaced where only the latest time was told, by one that is no later', async () => {
      const first = { ...reached('1', 'issued', 9, null), at_latest: true };
      await store.record({ reached_stages: [first] });
      await store.record({ reached_stages: [reached('1', 'issued', 10)] });
      await store.record({ reached_stages: [{ ...first, at: T0 + 5 }] });
      expect(await store.reachedStages([idOf('1')])).toEqual([first]);
      await store.record({ reached_stages: [reached('1', 'issued', 9)] });
      await store.record({ reached_stages: [reached('1', 'issued', 8)] });
      expect(await store.reachedStages([idOf('1')])).toEqual([reached('1', 'issued', 9)]);
    });

    test.each(TOLD_STAGES.slice(1).map((later, i) => [TOLD_STAGES[i] ?? later, later] as const))(
      'of %s and %s at the same instant the second is later',
      async (earlier, later) => {
        await store.record({
          journeys: [invoice('1')],
          reached_stages: [reached('1', later, 5), reached('1', earlier, 5)],
        });
        expect(await store.waitingAtStages()).toMatchObject([{ stage: later }]);
      },
    );

    test('say where those waited who waited at an instant, by what was reached then', async () => {
      const at = T0 + 100;
      const came = (first_present_at: number) => ({ state: 'arrived', first_present_at }) as const;
      await store.record({
        journeys: [
          invoice('1'),
          invoice('2', came(at + 1)),
          invoice('3', came(at)),
          invoice('4', { accepted_at: at + 1 }),
          invoice('5', { state: 'lost' }),
          invoice('6', { state: 'rejected' }),
          invoice('7', { component: 'other.sync' }),
          invoice('8', { accepted_at: at }),
        ],
        reached_stages: [
          reached('1', 'reviewed', 100),
          reached('1', 'issued', 101),
          ...['2', '3', '4', '5', '6', '7'].map((digit) => reached(digit, 'sealed', 50)),
        ],
      });
      expect(await store.waitedAtStages({ component, at, accepted_from: T0 })).toEqual([
        { stage: 'accepted', n: 1, oldest_accepted_at: at },
        { stage: 'reviewed', n: 1, oldest_accepted_at: T0 + 1 },
        { stage: 'sealed', n: 1, oldest_accepted_at: T0 + 2 },
      ]);
    });
  });
}
