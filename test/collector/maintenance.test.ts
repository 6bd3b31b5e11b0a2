import { expect, test } from 'vitest';
import { measuredMeanwhile } from '../../model/component.ts';
import { percent } from '../../model/figures.ts';
import { MINUTE } from '../../model/time.ts';
import { createOverviewBuilder } from '../../status-page/overview/overview.ts';
import {
  at,
  COMPONENT,
  liveThrough,
  MINUTES_MEASURED,
  STEP_MS,
  type Story,
} from './maintenance-story.ts';

const TWO_DAYS = '-2 08:00';

/**
 * Minutes: down and excused, and down if nothing were excused. Measured every five minutes, so what
 * fails from one slot to another is down for as long: what works is never down.
 */
const STORIES: [string, Story, { down: number; excluded: number; raw_down: number }][] = [
  [
    'announced in time: nothing counts until it is ended',
    { announced: TWO_DAYS, broken: [['10:00', '11:45']], does: { '11:50': 'end' } },
    { down: 0, excluded: 105, raw_down: 105 },
  ],
  [
    'announced in time to the minute: 24 hours before',
    { announced: '-1 10:00', broken: [['10:00', '11:45']], does: { '11:50': 'end' } },
    { down: 0, excluded: 105, raw_down: 105 },
  ],
  [
    'announced a minute late: everything counts',
    { announced: '-1 10:01', broken: [['10:00', '11:45']], does: { '11:50': 'end' } },
    { down: 105, excluded: 0, raw_down: 105 },
  ],
  [
    'M5: announced only as it began, and all is well for its hours: nothing is down',
    { announced: '09:55', broken: [], does: { '11:50': 'end' } },
    { down: 0, excluded: 0, raw_down: 0 },
  ],
  [
    'overrun by an hour: the hour counts',
    { announced: TWO_DAYS, broken: [['10:00', '12:55']], does: { '13:00': 'end' } },
    { down: 55, excluded: 120, raw_down: 175 },
  ],
  [
    'I3: never ended: what works counts as up, also after the announced end',
    { announced: TWO_DAYS, broken: [['10:00', '11:00']] },
    { down: 0, excluded: 60, raw_down: 60 },
  ],
  [
    'extended while it runs: the extension counts',
    {
      announced: TWO_DAYS,
      broken: [['10:00', '12:55']],
      does: { '11:30': 'extend to 13:30', '13:00': 'end' },
    },
    { down: 55, excluded: 120, raw_down: 175 },
  ],
  [
    'extended after it overran: the same',
    {
      announced: TWO_DAYS,
      broken: [['10:00', '12:55']],
      does: { '12:30': 'extend to 13:30', '13:00': 'end' },
    },
    { down: 55, excluded: 120, raw_down: 175 },
  ],
  [
    'I3: started two hours early, and it works until it is announced to begin',
    {
      announced: TWO_DAYS,
      broken: [['10:00', '11:45']],
      does: { '08:00': 'start', '11:50': 'end' },
    },
    { down: 0, excluded: 105, raw_down: 105 },
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
    { down: 30, excluded: 105, raw_down: 135 },
  ],
  [
    'ended an hour early: the hour is measured as any other',
    { announced: TWO_DAYS, broken: [['10:00', '10:50']], does: { '11:00': 'end' } },
    { down: 0, excluded: 50, raw_down: 50 },
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
  const { store, figures } = await liveThrough(story);
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
  const { store, kinds } = await liveThrough({
    announced: TWO_DAYS,
    broken: [['10:00', '11:45']],
    does: { '11:50': 'end' },
  });
  expect(kinds).toEqual(['announced', 'started', 'ended', 'completed']);
  // What was measured meanwhile, and since which slot.
  const told = (await store.transitions(at('10:00'), at('13:00'))).filter(
    ({ component, to }) => component === COMPONENT && to === 'under_maintenance',
  );
  expect(told.map(({ since, notes }) => [since, measuredMeanwhile(notes)])).toEqual([
    [at('10:00'), 'operational'],
    [at('10:00'), 'major_outage'],
    [at('11:45'), 'operational'],
  ]);
  const incidents = await store.incidents({ limit: 10 });
  expect(incidents.map((it) => it.components)).toEqual([['shop.upload']]);
  const alerts = await store.alerts({ limit: 10 });
  expect(alerts.map((it) => it.subject)).toEqual(['shop.upload']);
  await store.close();
});

test('begun while the collector was away: told late, not known before', async () => {
  const { store, kinds, maintenance, figures } = await liveThrough({
    announced: TWO_DAYS,
    broken: [],
    away: ['09:40', '11:30'],
    does: { '13:00': 'end' },
  });
  expect(kinds).toEqual(['announced', 'started', 'overrun', 'ended', 'completed']);
  expect(maintenance).toMatchObject({ actual_from: at('10:00'), actual_until: at('13:00') });
  const { down_ms, excluded_ms, valid_ms } = await figures(COMPONENT);
  expect([down_ms, excluded_ms, valid_ms].map((it) => it / MINUTE)).toEqual([0, 0, 100 + 270]);
  await store.close();
});

test('M4: off during all of it: told once, in the past tense, and no time is claimed', async () => {
  const { store, kinds, maintenance, notices, figures } = await liveThrough({
    announced: TWO_DAYS,
    broken: [],
    away: ['09:40', '12:30'],
  });
  expect(kinds).toEqual(['announced', 'passed', 'found_well']);
  expect(notices).toEqual(['maintenance_announced', 'maintenance_ended']);
  expect(maintenance).toMatchObject({
    status: 'completed',
    actual_from: null,
    actual_until: null,
  });
  // Known until 09:40, the first slot without a result, and from 12:30 on, when it worked.
  const { down_ms, excluded_ms, valid_ms } = await figures(COMPONENT);
  expect([down_ms, excluded_ms, valid_ms].map((it) => it / MINUTE)).toEqual([0, 0, 100 + 210]);
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});

test('the overview prints both figures', async () => {
  const { store, settings, to } = await liveThrough({
    announced: TWO_DAYS,
    broken: [['10:00', '12:55']],
    does: { '13:00': 'end' },
  });
  const build = createOverviewBuilder({ reader: store, configuration: settings });
  const { systems } = await build(to - STEP_MS);
  const query = systems.flatMap((it) => it.components).find((it) => it.id === COMPONENT);
  const figure = query?.history.availability;
  // 08:00 to 15:55: of 475 minutes 120 excused and 55 down, or 175 down.
  expect(figure).toMatchObject({ down_ms: 55 * MINUTE, excluded_ms: 120 * MINUTE });
  expect(figure && [percent(figure), percent(figure.raw)]).toEqual(['84.50', '63.15']);
  await store.close();
});
