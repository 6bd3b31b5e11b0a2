import { expect, test } from 'vitest';
import { createRecorder } from '../../collector/recorder.ts';
import { resumeLiveState } from '../../collector/resume.ts';
import { registeredChecks, siteOf } from '../../collector/state/site.ts';
import { type Availability, availability, percent, spansOf } from '../../model/figures.ts';
import { randomId } from '../../model/ids.ts';
import type { ChangeCommand } from '../../model/maintenance/commands.ts';
import type { Clock } from '../../model/ports.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import { createOverviewBuilder } from '../../status-page/overview/overview.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { result } from '../model/builders.ts';
import { temporaryPath } from '../store/temporary.ts';
import { anAdministrator, aPlan } from './administrator.ts';
import { configuration, START } from './world.ts';

const COMPONENT = 'bureau.query';
const STEP_MS = 5 * MINUTE;
/** Measured for eight hours: START is 08:00 here, the maintenance announced from 10:00 to 12:00. */
const HOURS = 8;
const MINUTES_MEASURED = HOURS * 60;

/** "10:30" as minutes of the day, or an instant of the day before: "-1 10:30". */
function at(time: string): number {
  const [, days = '0', hours, minutes] = /^(?:-(\d+) )?(\d\d):(\d\d)$/.exec(time) ?? [];
  return START + ((Number(hours) - 8) * 60 + Number(minutes)) * MINUTE - Number(days) * DAY;
}

interface Story {
  announced: string;
  /** What an administrator does, and when. */
  does?: Record<string, 'start' | 'end' | 'cancel' | 'extend to 13:30' | 'move to 14:00'>;
  /** When the system does not answer: from the first slot that fails to the first that does not. */
  broken: [string, string][];
  /** The collector is not there. */
  away?: [string, string];
}

const COMMANDS = {
  start: { name: 'start' },
  end: { name: 'end' },
  cancel: { name: 'cancel' },
  'extend to 13:30': { name: 'extend', announced_until: at('13:30') },
  'move to 14:00': { name: 'revise', plan: aPlan([COMPONENT], at('14:00'), at('16:00')) },
} as const satisfies Record<string, ChangeCommand>;

/** Lives through the story in steps of five minutes, with the real recorder and store. */
async function live({ announced, does = {}, broken, away }: Story) {
  let now = at(announced);
  const clock: Clock = { now: () => now, monotonic: () => now };
  const store = await openStore({ path: temporaryPath() });
  const settings = { ...configuration(), checks: configuration().checks.slice(0, 2) };
  const site = siteOf(settings);
  await store.register(registeredChecks(site));
  const administrator = anAdministrator({ store, now: clock.now });
  const id = await administrator.announce(aPlan([COMPONENT], at('10:00'), at('12:00')));
  const actions = Object.entries(does).map(([time, does_]) => ({ at: at(time), does_ }));
  const perform = async () => {
    for (const action of actions.filter((it) => it.at === now))
      await administrator.command(id, COMMANDS[action.does_]);
  };
  for (const action of actions)
    if (action.at < START) {
      now = action.at;
      await perform();
    }

  const fails = (slot_at: number) =>
    broken.some(([from, to]) => at(from) <= slot_at && slot_at < at(to));
  const isAway = (instant: number) =>
    away !== undefined && at(away[0]) <= instant && instant < at(away[1]);
  const begin = async () =>
    createRecorder({
      store,
      site,
      live: await resumeLiveState(store, site, now),
      installation: 'test',
      validUntil: (_, slot_at) => slot_at + 3 * STEP_MS,
      newId: randomId,
      clock,
      log: { debug() {}, info() {}, warn() {}, error() {} },
      observer: { committed() {}, judged() {} },
    });
  now = START;
  let recorder = await begin();
  for (; now < START + HOURS * HOUR; now += STEP_MS) {
    if (isAway(now)) continue;
    if (away && now === at(away[1])) {
      recorder = await begin();
      await recorder.gap({ from: at(away[0]), to: now, cause: 'restart' });
    }
    await perform();
    await recorder.time();
    const query = { check: 'bureau-query', started_at: now };
    await recorder.result(
      result(now, fails(now) ? { ...query, outcome: 'system', reason: 'http_status' } : query),
    );
    // Nobody announced anything for the upload, which fails like the query.
    const upload = { check: 'shop-upload', started_at: now };
    await recorder.result(
      result(now, fails(now) ? { ...upload, outcome: 'system', reason: 'http_status' } : upload),
    );
  }
  const maintenance = await store.maintenance(id);
  const codes = maintenance?.updates.map((it) => it.code);
  // Reminders are for the day before, which these stories leave out.
  const kinds = codes?.filter((code) => code !== 'reminder');
  const to = START + HOURS * HOUR;
  const figures = async (component: string): Promise<Availability> => {
    const transitions = await store.transitions(START, to);
    const windows = await store.windows(START, to);
    return availability(
      spansOf({ transitions, component, from: START, to }),
      windows.filter((it) => it.components.includes(component)),
    );
  };
  return { store, settings, to, maintenance, kinds, figures };
}

const TWO_DAYS = '-2 08:00';

/** Minutes: down and left out, and down if nothing were left out. */
const STORIES: [string, Story, { down: number; excluded: number; raw_down: number }][] = [
  [
    'announced in time: nothing counts until it is ended',
    { announced: TWO_DAYS, broken: [['10:00', '11:45']], does: { '11:50': 'end' } },
    { down: 0, excluded: 110, raw_down: 110 },
  ],
  [
    'announced in time to the minute: 24 hours before',
    { announced: '-1 10:00', broken: [['10:00', '11:45']], does: { '11:50': 'end' } },
    { down: 0, excluded: 110, raw_down: 110 },
  ],
  [
    'announced a minute late: everything counts',
    { announced: '-1 10:01', broken: [['10:00', '11:45']], does: { '11:50': 'end' } },
    { down: 110, excluded: 0, raw_down: 110 },
  ],
  [
    'overrun by an hour: the hour counts',
    { announced: TWO_DAYS, broken: [['10:00', '12:55']], does: { '13:00': 'end' } },
    { down: 60, excluded: 120, raw_down: 180 },
  ],
  [
    'never ended: everything after the announced end counts, also what works',
    { announced: TWO_DAYS, broken: [['10:00', '11:00']] },
    { down: 240, excluded: 120, raw_down: 360 },
  ],
  [
    'extended while it runs: the extension counts',
    {
      announced: TWO_DAYS,
      broken: [['10:00', '12:55']],
      does: { '11:30': 'extend to 13:30', '13:00': 'end' },
    },
    { down: 60, excluded: 120, raw_down: 180 },
  ],
  [
    'extended after it overran: the same',
    {
      announced: TWO_DAYS,
      broken: [['10:00', '12:55']],
      does: { '12:30': 'extend to 13:30', '13:00': 'end' },
    },
    { down: 60, excluded: 120, raw_down: 180 },
  ],
  [
    'cancelled, and it fails all the same: an outage',
    { announced: TWO_DAYS, broken: [['10:00', '11:00']], does: { '09:00': 'cancel' } },
    { down: 60, excluded: 0, raw_down: 60 },
  ],
  [
    'cancelled, and nothing happens',
    { announced: TWO_DAYS, broken: [], does: { '09:00': 'cancel' } },
    { down: 0, excluded: 0, raw_down: 0 },
  ],
  [
    'started half an hour early: the half hour counts',
    {
      announced: TWO_DAYS,
      broken: [['09:30', '11:45']],
      does: { '09:30': 'start', '11:50': 'end' },
    },
    { down: 30, excluded: 110, raw_down: 140 },
  ],
  [
    'ended an hour early: the hour is measured as any other',
    { announced: TWO_DAYS, broken: [['10:00', '10:50']], does: { '11:00': 'end' } },
    { down: 0, excluded: 60, raw_down: 60 },
  ],
  [
    'ended early, but it fails for twenty minutes more: these count',
    { announced: TWO_DAYS, broken: [['10:00', '11:20']], does: { '11:00': 'end' } },
    { down: 20, excluded: 60, raw_down: 80 },
  ],
  [
    'moved in time: the new hours are left out, the old ones are not',
    {
      announced: '-3 08:00',
      broken: [
        ['10:00', '10:30'],
        ['14:00', '15:00'],
      ],
      does: { '-2 08:00': 'move to 14:00', '15:00': 'end' },
    },
    { down: 30, excluded: 60, raw_down: 90 },
  ],
  [
    'moved too late: neither the old hours, in which it did not run, nor the new ones',
    {
      announced: TWO_DAYS,
      broken: [['14:00', '15:00']],
      does: { '08:00': 'move to 14:00', '15:00': 'end' },
    },
    { down: 60, excluded: 0, raw_down: 60 },
  ],
];

test.each(STORIES)('%s', async (_, story, expected) => {
  const { store, figures } = await live(story);
  const figure = await figures(COMPONENT);
  const { down_ms, excluded_ms, valid_ms, up_ms, raw } = figure;
  expect({
    down: down_ms / MINUTE,
    excluded: excluded_ms / MINUTE,
    raw_down: (raw.valid_ms - raw.up_ms) / MINUTE,
  }).toEqual(expected);
  expect([valid_ms, up_ms].map((it) => it / MINUTE)).toEqual([
    MINUTES_MEASURED - expected.excluded,
    MINUTES_MEASURED - expected.excluded - expected.down,
  ]);
  expect(raw.valid_ms / MINUTE).toBe(MINUTES_MEASURED);

  // Outside the scope the same minutes are an outage, and down in both figures.
  const broken = story.broken.reduce((sum, [from, to]) => sum + (at(to) - at(from)) / MINUTE, 0);
  const outside = await figures('shop.upload');
  expect([outside.down_ms / MINUTE, outside.excluded_ms]).toEqual([broken, 0]);
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});

test('inside the scope nobody is alarmed, outside everybody', async () => {
  const { store, kinds } = await live({
    announced: TWO_DAYS,
    broken: [['10:00', '11:45']],
    does: { '11:50': 'end' },
  });
  expect(kinds).toEqual(['announced', 'started', 'ended', 'completed']);
  const incidents = await store.incidents({ limit: 10 });
  expect(incidents.map((it) => it.components)).toEqual([['shop.upload']]);
  const alerts = await store.alerts({ limit: 10 });
  expect(alerts.map((it) => it.subject)).toEqual(['shop.upload']);
  await store.close();
});

test('begun and overrun while the collector was away: told late, counted from when it was', async () => {
  const { store, kinds, maintenance, figures } = await live({
    announced: TWO_DAYS,
    broken: [],
    away: ['09:40', '12:30'],
    does: { '13:00': 'end' },
  });
  expect(kinds).toEqual(['announced', 'started', 'overrun', 'ended', 'completed']);
  expect(maintenance).toMatchObject({ actual_from: at('10:00'), actual_until: at('13:00') });
  // From 10:00 it was maintenance, measured or not: two hours are left out, one is not. Known
  // before it until 09:50.
  const { down_ms, excluded_ms, valid_ms } = await figures(COMPONENT);
  expect([down_ms, excluded_ms, valid_ms].map((it) => it / MINUTE)).toEqual([
    60,
    120,
    MINUTES_MEASURED - 10 - 120,
  ]);
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});

test('the overview prints both figures', async () => {
  const { store, settings, to } = await live({
    announced: TWO_DAYS,
    broken: [['10:00', '12:55']],
    does: { '13:00': 'end' },
  });
  const build = createOverviewBuilder({ reader: store, configuration: settings });
  const { systems } = await build(to - STEP_MS);
  const query = systems.flatMap((it) => it.components).find((it) => it.id === COMPONENT);
  const figure = query?.history.availability;
  // 08:00 to 15:55: of 475 minutes 120 left out and 60 down, or 180 down.
  expect(figure).toMatchObject({ down_ms: 60 * MINUTE, excluded_ms: 120 * MINUTE });
  expect(figure && [percent(figure), percent(figure.raw)]).toEqual(['83.09', '62.10']);
  await store.close();
});
