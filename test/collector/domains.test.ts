import { expect, test, vi } from 'vitest';
import { createDomainWatch } from '../../collector/domain-watch.ts';
import { readExpiry } from '../../model/expiry.ts';
import { DAY, HOUR, MINUTE } from '../../model/time.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import { failed, succeeded } from '../../probes/exchange/failure.ts';
import type { Recording } from '../../store/record.ts';
import { quiet } from '../platform/quiet.ts';
import { configuration, START } from './configuration.ts';
import { aBatch, openSiteStore, resumeRecorder } from './recording.ts';
import { fakeClock, stopTime } from './world.ts';

const DOMAINS = [{ name: 'example.com', rdap: 'https://rdap.example/domain/example.com' }];

/** A collector that asks for a domain whose registry says this; `start` begins it anew. */
async function world() {
  stopTime();
  const { store } = await openSiteStore();
  const notices: string[] = [];
  const asked: EpochMs[] = [];
  const observed: (EpochMs | null)[] = [];
  let expires_at: EpochMs | null = null;
  const observer = {
    committed: ({ notices: written = [] }: Recording) =>
      void notices.push(...written.map(({ kind }) => kind.slice('alert_'.length))),
    judged() {},
    dropped() {},
  };
  async function start(domains = DOMAINS) {
    const settings = { ...configuration(), domains };
    const { recorder, resumed } = await resumeRecorder(store, settings, { observer });
    const watch = createDomainWatch({
      domains,
      store,
      recorder,
      ask: async () => {
        asked.push(fakeClock.now());
        return expires_at === null
          ? failed('network', 'connection_refused', 'x')
          : succeeded(expires_at);
      },
      observe: (known) => observed.push(known.expires_at),
      clock: fakeClock,
      log: quiet,
    });
    return { watch, recorder, resumed };
  }
  return {
    ...{ store, notices, asked, observed, start },
    say(next: EpochMs | null) {
      expires_at = next;
    },
  };
}

test('a registry is asked once a day, also over starts and where it does not answer', async () => {
  const { asked, observed, say, start, store } = await world();
  const { watch } = await start();
  await watch();
  await watch();
  expect(asked).toEqual([START]);
  expect(await store.domains()).toEqual([
    { name: 'example.com', asked_at: START, expires_at: null, measured_at: null },
  ]);
  say(START + 300 * DAY);
  vi.setSystemTime(START + DAY - 1);
  await (await start()).watch();
  expect(asked).toHaveLength(1);
  vi.setSystemTime(START + DAY);
  await (await start()).watch();
  expect(asked).toEqual([START, START + DAY]);
  say(null);
  vi.setSystemTime(START + 2 * DAY);
  await (await start()).watch();
  expect(asked).toHaveLength(3);
  // What it said before stays known.
  expect(observed.at(-1)).toBe(START + 300 * DAY);
  expect(await store.domains()).toMatchObject([
    { asked_at: START + 2 * DAY, expires_at: START + 300 * DAY, measured_at: START + DAY },
  ]);
});

test('an end that comes near is told at 30, 14, 7 and 1 days, and a renewal', async () => {
  const { notices, say, start, store } = await world();
  const end = START + 31 * DAY;
  say(end);
  const told: string[] = [];
  for (let day = 0; day <= 31; day += 1) {
    vi.setSystemTime(START + day * DAY + (day === 31 ? HOUR : 0));
    notices.length = 0;
    await (await start()).watch();
    told.push(...notices.map((kind) => `${kind} at ${31 - day}`));
  }
  expect(told).toEqual(['opened at 30', 'changed at 14', 'changed at 7', 'changed at 1']);
  const [open] = await store.alerts({ open: true });
  expect(open).toMatchObject({ kind: 'domain', subject: 'example.com', since: START + DAY });
  say(end + 365 * DAY);
  vi.setSystemTime(START + 33 * DAY);
  await (await start()).watch();
  expect(notices).toEqual(['resolved']);
  const [over] = await store.alerts({});
  expect(readExpiry(over?.error ?? null)).toMatchObject({
    expires_at: end,
    until: end + 365 * DAY,
  });
});

test('no answer says nothing, nor does one while our clock is not trusted', async () => {
  const { say, start, store } = await world();
  const told = async () => (await store.alerts({ kinds: ['domain'] })).length;
  say(START + 5 * DAY);
  const { watch, recorder } = await start();
  await recorder.batch(aBatch({ steps: [{ at: START, by_ms: 10 * MINUTE }] }));
  await watch();
  expect(await told()).toBe(0);
  vi.setSystemTime(START + 2 * DAY);
  say(null);
  const trusted = await start();
  await trusted.recorder.time();
  await trusted.watch();
  expect(await told()).toBe(0);
  say(START + 5 * DAY);
  vi.setSystemTime(START + 3 * DAY);
  await (await start()).watch();
  expect(await told()).toBe(1);
});

test('of a domain that is not configured any more the alert is over without a word', async () => {
  const { notices, say, start, store } = await world();
  say(START + 5 * DAY);
  await (await start()).watch();
  notices.length = 0;
  const { resumed } = await start([]);
  expect(resumed.alerts).toMatchObject([{ subject: 'example.com', resolved_since: null }]);
  expect(await store.alerts({ open: true })).toEqual([]);
  expect(notices).toEqual([]);
});
