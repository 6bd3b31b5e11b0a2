import { expect, onTestFinished, test } from 'vitest';
import { pruneOld } from '../../collector/upkeep/prune.ts';
import type { Retention } from '../../model/configuration.ts';
import { DEFAULT_RETENTION } from '../../model/policy.ts';
import { emptyRollup } from '../../model/rollup.ts';
import { DAY, HOUR, SECOND } from '../../model/time.ts';
import type { Prunable } from '../../store/prune.ts';
import type { Store } from '../../store/store.ts';
import { alert, journey, specimen, specimenChange, subscriber } from '../model/builders.ts';
import { START } from './configuration.ts';
import { query } from './judged-site.ts';
import { openSiteStore } from './recording.ts';

async function open(): Promise<Store> {
  const { store } = await openSiteStore();
  onTestFinished(() => store.close());
  return store;
}

/** Prunes at START; what was deleted, slice by slice. */
async function prune(store: Store, retention: Retention): Promise<[Prunable, number][]> {
  const slices: [Prunable, number][] = [];
  await pruneOld({
    store: {
      prune: async (what, before, limit) => {
        const count = await store.prune(what, before, limit);
        slices.push([what, count]);
        return count;
      },
    },
    retention,
    promise_ms: DAY,
    lost_after_ms: 5 * DAY,
    now: START,
    stopped: () => false,
  });
  return slices;
}

test('what is older than its retention goes, in slices, and nothing else', async () => {
  const store = await open();
  const old = Array.from({ length: 450 }, (_, i) => query(START - 8 * DAY + i * SECOND));
  await store.record({ results: [...old, query(START - DAY)] });
  const slices = await prune(store, DEFAULT_RETENTION);
  expect(slices.flatMap(([what, count]) => (what === 'results' ? count : []))).toEqual([
    200, 200, 50,
  ]);
  const left = await store.results({ from: 0, to: START * 2, limit: 1_000 });
  expect(left.map((it) => it.slot_at)).toEqual([START - DAY]);
});

/** No two are the same, so that none can stand for another. */
const RETENTION: Retention = {
  results_ms: 3 * DAY,
  evidence_ms: 40 * DAY,
  hourly_ms: 50 * DAY,
  daily_ms: 400 * DAY,
};

const CHECK = 'bureau-query';

/** How long each is kept, and how one of it is made that is as old as the instant. */
const KINDS: Record<Prunable, [number, (store: Store, at: number) => Promise<void>]> = {
  results: [3 * DAY, (store, at) => store.record({ results: [query(at)] })],
  usual_delays: [
    3 * DAY + HOUR,
    (store, from) =>
      store.saveUsualDelays([
        {
          check: CHECK,
          from,
          to: from + HOUR,
          median_ms: 100,
          p99_ms: null,
          apart_ms: null,
          hours: 'same',
        },
      ]),
  ],
  usual_traffic: [
    32 * DAY,
    (store, from) => store.saveUsualTraffic([{ check: CHECK, from, working: [], other: [] }]),
  ],
  looks: [
    3 * DAY,
    (store, started_at) => {
      const journey = 'a'.repeat(32);
      const answer = { duration_ms: 50, finding: 'absent', outcome: 'ok', reason: null } as const;
      return store.record({ looks: [{ journey, started_at, ...answer }] });
    },
  ],
  changes: [
    3 * DAY,
    (store, at) => store.record({ changes: [{ kind: 'state', ref: 'bureau.query', at }] }),
  ],
  // An event of 5 days ago is still taken: its key is known for longer than its result.
  events: [
    5 * DAY + HOUR,
    (store, at) => store.record({ events: [{ id: `event ${at}`, received_at: at }] }),
  ],
  evidence: [
    40 * DAY,
    async (store, at) => {
      await store.record({ results: [{ ...query(at), outcome: 'system' }] });
      await store.prune('results', START - 30 * DAY, 10);
    },
  ],
  specimens: [
    40 * DAY,
    (store, last_seen_at) => {
      const invoice = String(last_seen_at);
      return store.record({ specimens: [specimen({ check: CHECK, invoice, last_seen_at })] });
    },
  ],
  specimen_changes: [
    40 * DAY,
    (store, at) => store.record({ specimen_changes: [specimenChange({ check: CHECK, at })] }),
  ],
  journeys: [
    40 * DAY,
    (store, at) =>
      store.record({
        journeys: [
          journey(at, {
            id: String(at).padStart(32, '0'),
            check: 'bureau-sync',
            component: 'bureau.sync',
            state: 'lost',
            number: null,
          }),
        ],
      }),
  ],
  deliveries: [
    40 * DAY,
    async (store, at) => {
      await tell(store, `to somebody ${at}`, START, [{ id: 'wang', channel: 'email' }]);
      const [claimed] = await store.claimDeliveries({ owner: 'test', now: START, limit: 1 });
      await store.settleDelivery(claimed?.id ?? '', { status: 'sent', at });
    },
  ],
  notices: [40 * DAY, (store, at) => tell(store, `to nobody ${at}`, at, [])],
  alerts: [
    40 * DAY,
    (store, at) => store.record({ alerts: [alert({ id: `alert ${at}`, resolved_at: at })] }),
  ],
  hourly: [50 * DAY, (store, at) => store.saveRollups('hour', [emptyRollup('bureau-query', at)])],
  daily: [400 * DAY, (store, at) => store.saveRollups('day', [emptyRollup('bureau-query', at)])],
  gaps: [
    400 * DAY,
    (store, from) => store.record({ gaps: [{ from, to: START, cause: 'restart' }] }),
  ],
  own_troubles: [
    400 * DAY,
    (store, until) => {
      const trouble = { kind: 'disk', line: null, detail: 'full' } as const;
      return store.record({ own_troubles: [{ ...trouble, since: until - HOUR, until }] });
    },
  ],
  unconfirmed: [
    48 * HOUR,
    (store, created_at) => {
      const id = `sub ${created_at}`;
      const address = `${created_at}@a.example`;
      return store.subscribe(
        subscriber({ id, address, status: 'pending', confirmed_at: null, created_at }),
        { id: `asked ${created_at}`, kind: 'subscription_requested', update: null, created_at },
      );
    },
  ],
};

async function tell(
  store: Store,
  id: string,
  now: number,
  operators: { id: string; channel: string }[],
): Promise<void> {
  const about = { kind: 'alert_opened', ref: 'nothing', update: null } as const;
  await store.record({ notices: [{ id, ...about, created_at: now }] });
  while (await store.fanOut({ now, limit: 10, operators }));
}

test('each is kept exactly as long as is said: what is a millisecond older goes', async () => {
  const store = await open();
  for (const [age_ms, make] of Object.values(KINDS)) {
    await make(store, START - age_ms);
    await make(store, START - age_ms - 1);
  }
  await store.record({ changes: [{ kind: 'state', ref: 'bureau.query', at: START }] });
  const slices = await prune(store, RETENTION);
  expect(slices).toEqual(Object.keys(KINDS).map((what) => [what, 1]));
});

test('what somebody was told goes in one run: the delivery, its notice, the alert', async () => {
  const store = await open();
  const at = START - 41 * DAY;
  await store.record({ alerts: [alert({ id: 'nothing', resolved_at: at })] });
  await tell(store, 'told', at, [{ id: 'wang', channel: 'email' }]);
  expect(await prune(store, RETENTION)).not.toContainEqual(['alerts', 1]);
  const [claimed] = await store.claimDeliveries({ owner: 'test', now: at, limit: 1 });
  await store.settleDelivery(claimed?.id ?? '', { status: 'sent', at });
  const deleted = (await prune(store, RETENTION)).filter(([, count]) => count > 0);
  expect(deleted).toEqual([
    ['deliveries', 1],
    ['notices', 1],
    ['alerts', 1],
  ]);
});

test('addresses not confirmed within 48 hours are deleted, confirmed ones never', async () => {
  const store = await open();
  const asked = async (id: string, created_at: number) => {
    await store.subscribe(
      subscriber({
        id,
        address: `${id}@a.example`,
        status: 'pending',
        confirmed_at: null,
        created_at,
      }),
      { id: `not-${id}`, kind: 'subscription_requested', update: null, created_at },
    );
  };
  await asked('late', START - 48 * HOUR - 1);
  await asked('early', START - 48 * HOUR);
  await asked('confirmed', START - 400 * DAY);
  await store.confirmSubscriber('confirmed', 'nonce', START - 399 * DAY);
  await prune(store, DEFAULT_RETENTION);
  expect(await store.subscriber('late')).toBeNull();
  expect(await store.subscriber('early')).not.toBeNull();
  expect(await store.subscriber('confirmed')).not.toBeNull();
});
