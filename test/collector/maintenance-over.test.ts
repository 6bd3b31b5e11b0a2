import { expect, test } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import type { EpochMs, State } from '../../model/vocabulary.ts';
import { at, COMPONENT, liveThrough, type Story } from './maintenance-story.ts';

/** What follows when the announced time, 10:00 to 12:00, is over. Measured every five minutes. */
const ANNOUNCED = { announced: '-2 08:00' };

interface Told {
  /** The states of the function in scope since 10:00, from when on. */
  states: [string, State][];
  /** Of its incident: when it was opened, and since when something is bad in it. */
  incident: [opened: string, since: string] | null;
}

const STORIES: [string, Omit<Story, 'announced'>, Told][] = [
  [
    'M2: overrun and measured well: it shows as it is measured',
    { broken: [['10:00', '11:00']] },
    {
      states: [
        ['10:00', 'under_maintenance'],
        ['12:00', 'operational'],
      ],
      incident: null,
    },
  ],
  [
    'M2: overrun, measured well, then a real outage: an incident at once',
    {
      broken: [
        ['10:00', '11:00'],
        ['12:15', '13:30'],
      ],
    },
    {
      states: [
        ['10:00', 'under_maintenance'],
        ['12:00', 'operational'],
        ['12:15', 'major_outage'],
        ['13:30', 'operational'],
      ],
      // Two bad results make an outage.
      incident: ['12:20', '12:15'],
    },
  ],
  [
    'overrun and still down: down since the announced end, an incident 15 minutes later',
    { broken: [['10:00', '13:00']] },
    {
      states: [
        ['10:00', 'under_maintenance'],
        ['12:00', 'major_outage'],
        ['13:00', 'operational'],
      ],
      incident: ['12:15', '12:00'],
    },
  ],
  [
    'overrun and still down for five minutes: down, but no incident',
    { broken: [['10:00', '12:05']] },
    {
      states: [
        ['10:00', 'under_maintenance'],
        ['12:00', 'major_outage'],
        ['12:05', 'operational'],
      ],
      incident: null,
    },
  ],
  [
    'ended early while it still fails: down since that, an incident 15 minutes later',
    { broken: [['10:00', '11:40']], does: { '11:00': 'end' } },
    {
      states: [
        ['10:00', 'under_maintenance'],
        ['11:00', 'major_outage'],
        ['11:40', 'operational'],
      ],
      incident: ['11:15', '11:00'],
    },
  ],
  [
    'extended before its end: covered until the new one',
    { broken: [['10:00', '13:00']], does: { '11:30': 'extend to 13:30', '13:00': 'end' } },
    {
      states: [
        ['10:00', 'under_maintenance'],
        ['13:00', 'operational'],
      ],
      incident: null,
    },
  ],
  [
    'extended late: between its end and the extension it is an outage',
    { broken: [['10:00', '13:00']], does: { '12:30': 'extend to 13:30', '13:00': 'end' } },
    {
      states: [
        ['10:00', 'under_maintenance'],
        ['12:00', 'major_outage'],
        ['12:30', 'under_maintenance'],
        ['13:00', 'operational'],
      ],
      incident: ['12:15', '12:00'],
    },
  ],
  [
    'M4: passed unseen and still down: an incident 15 minutes after its announced end',
    { broken: [['10:00', '13:00']], away: ['09:40', '12:05'] },
    {
      states: [
        ['12:05', 'major_outage'],
        ['13:00', 'operational'],
      ],
      incident: ['12:15', '12:05'],
    },
  ],
  [
    'M1: started early and ended before its announced time began',
    { broken: [['08:30', '09:00']], does: { '08:30': 'start', '09:30': 'end' } },
    { states: [], incident: null },
  ],
];

test.each(STORIES)('%s', async (_, story, told) => {
  const { store, to } = await liveThrough({ ...ANNOUNCED, ...story });
  const states: [string, State][] = [];
  for (const { since, to: state } of await store.transitions(at('10:00'), to, COMPONENT)) {
    // What is recorded later corrects what was known from then on.
    while ((states.at(-1)?.[0] ?? '') >= timeOf(since)) states.pop();
    if (since >= at('10:00') && states.at(-1)?.[1] !== state) states.push([timeOf(since), state]);
  }
  const incidents = (await store.incidents({ limit: 10 })).filter((it) =>
    it.components.includes(COMPONENT),
  );
  expect({
    states,
    incidents: incidents.map((it) => [timeOf(it.created_at), timeOf(it.started_at)]),
  }).toEqual({ states: told.states, incidents: told.incident === null ? [] : [told.incident] });
  // Operators hear of it when everybody does.
  const alerts = (await store.alerts({ limit: 10 })).filter((it) => it.subject === COMPONENT);
  expect(alerts.map((it) => timeOf(it.opened_at))).toEqual(
    told.incident === null ? [] : [told.incident[0]],
  );
  expect(await store.integrityProblems()).toEqual([]);
  await store.close();
});

function timeOf(instant: EpochMs): string {
  const minutes = (instant - at('00:00')) / MINUTE;
  return [Math.floor(minutes / 60), minutes % 60]
    .map((it) => String(it).padStart(2, '0'))
    .join(':');
}
