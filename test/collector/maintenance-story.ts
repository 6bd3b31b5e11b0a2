import { type Availability, availability } from '../../model/figures.ts';
import { spansOf } from '../../model/ledger.ts';
import type { ChangeCommand } from '../../model/maintenance/commands.ts';
import type { Notice } from '../../model/notice.ts';
import type { Clock } from '../../model/ports.ts';

import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import type { Store } from '../../store/store.ts';
import { result } from '../model/builders.ts';
import { anAdministrator, aPlan } from './administrator.ts';
import { configuration, START } from './configuration.ts';
import { openSiteStore, resumeRecorder } from './recording.ts';

export const COMPONENT = 'bureau.query';
export const STEP_MS = 5 * MINUTE;
/** Measured for eight hours: START is 08:00 here, the maintenance announced from 10:00 to 12:00. */
const HOURS = 8;
export const MINUTES_MEASURED = HOURS * 60;

/** "10:30" as minutes of the day, or an instant of the day before: "-1 10:30". */
export function at(time: string): number {
  const [, days = '0', hours, minutes] = /^(?:-(\d+) )?(\d\d):(\d\d)$/.exec(time) ?? [];
  return START + ((Number(hours) - 8) * 60 + Number(minutes)) * MINUTE - Number(days) * DAY;
}

export interface Story {
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
export async function liveThrough({ announced, does = {}, broken, away }: Story) {
  let now = at(announced);
  const clock: Clock = { now: () => now, monotonic: () => now };
  const settings = { ...configuration(), checks: configuration().checks.slice(0, 2) };
  const { store: opened } = await openSiteStore(settings);
  const told: Notice[] = [];
  const store: Store = {
    ...opened,
    async record(recording) {
      told.push(...(recording.notices ?? []));
      await opened.record(recording);
    },
  };
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
  const begin = async () => {
    return (await resumeRecorder(store, settings, { valid_ms: 2 * STEP_MS, clock })).recorder;
  };
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
  const notices = told.filter((it) => it.ref === id && it.kind !== 'maintenance_reminder');
  const to = START + HOURS * HOUR;
  const figures = async (component: string): Promise<Availability> => {
    const transitions = await store.transitions(START, to);
    const excluded = await store.excludedTimes(START, to);
    return availability(
      spansOf({ transitions, component, from: START, to }),
      excluded.filter((it) => it.components.includes(component)),
    );
  };
  return {
    store,
    settings,
    to,
    maintenance,
    kinds,
    notices: notices.map((it) => it.kind),
    figures,
  };
}
