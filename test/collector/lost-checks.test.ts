import { describe, expect, it } from 'vitest';
import { HOUR } from '../../model/time.ts';
import { configuration } from './configuration.ts';
import { FAILED, judgedSite, query } from './judged-site.ts';
import { at, QUERY, startTwoChecks, statusesOf, told } from './two-checks.ts';

const GOOD = {};
const LIMITED = { outcome: 'throttled', reason: 'error_code' } as const;
const REFUSED = { outcome: 'credential', reason: 'error_code' } as const;

describe('of two checks, one that failed and is not known any more', () => {
  it.each([
    ['is limited', LIMITED],
    ['is refused', REFUSED],
    ['is not measured', null],
  ])('is not over because the other is well: it %s', async (_, lost) => {
    const { store, measure } = await startTwoChecks();
    await measure(0, 120, GOOD, GOOD);
    await measure(120, 240, FAILED, GOOD);
    await measure(240, 900, lost, GOOD);
    expect(await told(store)).toEqual([
      ['operational', 0],
      ['partial_outage', 120],
      ['unknown', 240],
    ]);
    const statuses = ['investigating', 'unclear'];
    expect(await statusesOf(store)).toEqual(statuses);
    await measure(900, 1_200, GOOD, GOOD);
    expect((await told(store)).at(-1)).toEqual(['operational', 900]);
    expect(await statusesOf(store)).toEqual([...statuses, 'monitoring', 'resolved']);
  });

  it.each([
    ['was slow', { duration_ms: 2_000 }, GOOD],
    ['was degraded', { outcome: 'degraded', reason: 'error_code' } as const, GOOD],
    ['was slow, alone', { duration_ms: 2_000 }, null],
    ['was degraded, alone', { outcome: 'degraded', reason: 'error_code' } as const, null],
  ])('is unknown since its first slot without a judged result: it %s', async (_, ails, other) => {
    const { store, measure } = await startTwoChecks();
    await measure(0, 120, GOOD, other);
    await measure(120, 240, ails, other);
    await measure(240, 900, LIMITED, other);
    expect(await told(store)).toEqual([
      ['operational', 0],
      ['degraded_performance', 120],
      ['unknown', 240],
    ]);
    const [status] = (await store.components()).filter(({ component }) => component === QUERY);
    expect(status?.notes).toMatchObject([{ code: 'not_judged', ...LIMITED }]);
    await measure(900, 1_200, GOOD, other);
    expect((await told(store)).at(-1)).toEqual(['operational', 900]);
  });

  it.each([
    ['is limited', LIMITED, { code: 'not_judged', ...LIMITED }],
    ['is not measured', null, { code: 'expired', last_slot_at: at(210) }],
  ])(
    'says why for as long as that is so, though a third is refused: it %s',
    async (_, lost, why) => {
      const { store, measure } = await startTwoChecks({ third: REFUSED });
      await measure(0, 120, GOOD, GOOD);
      await measure(120, 240, FAILED, GOOD);
      // At the end of each slot, after the result of the third.
      for (let s = 240; s < 480; s += 30) {
        await measure(s, s + 30, lost, GOOD);
        if (s < 330) continue;
        const [status] = (await store.components()).filter(({ component }) => component === QUERY);
        expect(status).toMatchObject({ state: 'unknown', notes: [why] });
      }
    },
  );

  it('is not over after a restart, before it was measured well', async () => {
    const { store, measure, restart } = await startTwoChecks();
    await measure(0, 120, GOOD, GOOD);
    await measure(120, 240, FAILED, GOOD);
    await restart(240, 600);
    await measure(600, 660, null, GOOD);
    await measure(660, 900, FAILED, GOOD);
    expect(await told(store)).toEqual([
      ['operational', 0],
      ['partial_outage', 120],
      ['unknown', 240],
      ['partial_outage', 660],
    ]);
    const statuses = ['investigating', 'unclear', 'investigating'];
    expect(await statusesOf(store)).toEqual(statuses);
  });

  it('hides no time in which the other failed as well', async () => {
    const { store, measure } = await startTwoChecks();
    await measure(0, 120, GOOD, GOOD);
    await measure(120, 240, FAILED, FAILED);
    await measure(240, 600, FAILED, LIMITED);
    await measure(600, 900, GOOD, LIMITED);
    expect((await told(store)).slice(-3)).toEqual([
      ['major_outage', 120],
      ['partial_outage', 240],
      ['unknown', 600],
    ]);
    await measure(900, 960, GOOD, GOOD);
    expect((await told(store)).at(-1)).toEqual(['operational', 900]);
  });

  it('keeps its judgement over a short restart', async () => {
    const { store, measure, restart } = await startTwoChecks();
    await measure(0, 120, GOOD, GOOD);
    await measure(120, 240, FAILED, GOOD);
    await restart(225, 245);
    await measure(250, 340, FAILED, GOOD);
    expect((await told(store)).at(-1)).toEqual(['partial_outage', 120]);
  });
});

describe('of two checks with other slots, one that expires while the other is known', () => {
  /** The second check is measured once an hour. */
  async function start(first: object, second: object) {
    const site = await startTwoChecks();
    for (const s of [0, 10, 20]) await site.measureRarely(s, 'second', HOUR, second);
    await site.measure(30, 240, first, null);
    return site;
  }

  it('takes the state with it that rested on it', async () => {
    const { store, wait } = await start(FAILED, GOOD);
    expect((await told(store)).at(-1)).toEqual(['partial_outage', 30]);
    await wait(240, 330);
    expect((await told(store)).at(-1)).toEqual(['unknown', 240]);
  });

  it('leaves what the other says', async () => {
    const { store, wait } = await start(FAILED, FAILED);
    expect((await told(store)).at(-1)).toEqual(['major_outage', 30]);
    await wait(240, 330);
    expect((await told(store)).at(-1)).toEqual(['partial_outage', 240]);
    expect(await statusesOf(store)).toEqual(['investigating', 'investigating']);
    const [status] = (await store.components()).filter(({ component }) => component === QUERY);
    expect(status?.notes).toMatchObject([{ checks: ['second'] }, { checks: ['bureau-query'] }]);
  });

  it('leaves what the other says after a gap of ours, too', async () => {
    const { store, away } = await start(FAILED, FAILED);
    await away(240, 330, 'suspended');
    expect((await told(store)).at(-1)).toEqual(['partial_outage', 240]);
  });

  it('is named from then on where it changes no state', async () => {
    const { store, wait } = await start(GOOD, GOOD);
    await wait(240, 330);
    expect(await told(store)).toEqual([['operational', 0]]);
    const [status] = (await store.components()).filter(({ component }) => component === QUERY);
    expect(status?.notes).toEqual([{ code: 'not_known', checks: ['bureau-query'] }]);
  });

  it('is known for no longer to a page whose collector died', async () => {
    const { store } = await start(FAILED, GOOD);
    const [status] = (await store.components()).filter(({ component }) => component === QUERY);
    // Two slots after the last one.
    expect(status?.valid_until).toBe(at(270));
  });
});

it('nothing is written anew while no check expires', () => {
  const settings = configuration();
  const [first] = settings.checks.filter(({ id }) => id === 'bureau-query');
  if (!first) throw new Error('the bureau has a query');
  const site = judgedSite({
    ...settings,
    checks: [...settings.checks, { ...first, id: 'second' }],
  });
  for (const check of ['bureau-query', 'second']) site.see(query(at(0), { check }));
  expect(site.wait(at(40))).toBeNull();
  site.see(query(at(50)));
  // The second one expires, which is said once.
  expect(site.wait(at(61))?.components).toHaveLength(1);
  expect(site.wait(at(62))).toBeNull();
});

it('one of two that fails, while the other was never judged, is part of an outage', async () => {
  const { store, measure } = await startTwoChecks();
  await measure(0, 120, GOOD, REFUSED);
  await measure(120, 300, FAILED, REFUSED);
  expect(await told(store)).toEqual([
    ['operational', 0],
    ['partial_outage', 120],
  ]);
});
