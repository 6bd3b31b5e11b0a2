import { expect, test } from 'vitest';
import type { IncidentView } from '../../model/overview.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { loadWaiting } from '../../status-page/public/waiting-evidence.ts';
import { configuration, START } from '../collector/configuration.ts';
import { openSiteStore } from '../collector/recording.ts';
import { journey } from '../model/builders.ts';

const FROM = START + HOUR;
const UNTIL = START + 2 * HOUR;

/** Accepted at the instant; arrived at another, or not so far. */
function followed(id: string, accepted_at: number, arrived_at: number | null) {
  return journey(accepted_at, {
    id: id.repeat(32),
    component: 'bureau.sync',
    check: 'bureau-sync',
    state: arrived_at === null ? 'waiting' : 'arrived',
    first_present_at: arrived_at,
  });
}

interface Asked {
  now?: number;
  until?: number | null;
}

async function waitingOf(components: string[], { now = UNTIL, until = UNTIL }: Asked = {}) {
  const { store } = await openSiteStore(configuration());
  await store.record({
    journeys: [
      followed('a', FROM - 10 * MINUTE, FROM - MINUTE),
      followed('b', FROM - 9 * MINUTE, UNTIL + SECOND),
      followed('c', FROM - 9 * MINUTE + SECOND, null),
      followed('d', FROM + MINUTE, FROM + 2 * MINUTE),
      followed('e', UNTIL - MINUTE, UNTIL + SECOND),
      followed('f', UNTIL + MINUTE, null),
    ],
  });
  const incident = { components, started_at: FROM } as unknown as IncidentView;
  const parts = { reader: store, configuration: configuration(), now, until };
  const waiting = await loadWaiting(incident, parts);
  await store.close();
  return waiting;
}

test('W11: those that waited as it began or ended, by minute, without numbers', async () => {
  const minute = (at: number) => at - (at % MINUTE);
  expect(await waitingOf(['bureau.query', 'bureau.sync'])).toEqual({
    is_of_syncs: false,
    is_open: false,
    kept_ms: null,
    rows: [
      {
        minute: minute(FROM - 9 * MINUTE),
        count: 2,
        not_arrived: 1,
        digests: ['bbbbbbbb', 'cccccccc'],
      },
      { minute: minute(UNTIL - MINUTE), count: 1, not_arrived: 0, digests: ['eeeeeeee'] },
    ],
    truncated_at: null,
  });
});

test('none where no sync has a part in it', async () => {
  expect(await waitingOf(['bureau.query'])).toBeNull();
});

test('of an incident that lasts those that wait now', async () => {
  const lasting = await waitingOf(['bureau.sync'], { now: UNTIL + HOUR, until: null });
  expect(lasting).toMatchObject({ is_of_syncs: true, is_open: true });
  expect(lasting?.rows.at(-1)).toMatchObject({ digests: ['ffffffff'] });
});

test('how long they are kept, once those that waited when it began may be gone', async () => {
  const { retention, policies } = configuration();
  const lost_after_ms = policies['bureau.sync']?.lost_after_ms ?? 0;
  const first_gone_at = FROM - lost_after_ms + retention.evidence_ms;
  const keptAt = async (now: number) => (await waitingOf(['bureau.sync'], { now }))?.kept_ms;
  expect(await keptAt(first_gone_at)).toBeNull();
  expect(await keptAt(first_gone_at + 1)).toBe(retention.evidence_ms);
});
