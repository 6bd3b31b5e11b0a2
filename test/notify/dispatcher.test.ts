import { describe, expect, it, onTestFinished } from 'vitest';
import type { Incident, IncidentUpdate } from '../../model/incident.ts';
import type { Notice } from '../../model/notice.ts';
import type { Clock } from '../../model/ports.ts';
import type { Channel, Message, Sending } from '../../notify/channels/channel.ts';
import { createChannels } from '../../notify/channels/index.ts';
import { createDispatcher } from '../../notify/dispatcher.ts';
import { retryDelayMs } from '../../notify/retry.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { keptLog } from '../platform/quiet.ts';
import { temporaryPath } from '../store/temporary.ts';

const START = Date.UTC(2026, 0, 5, 1, 0, 0);

const INCIDENT: Incident = {
  id: 'inc000000001',
  system: 'beijing',
  status: 'investigating',
  impact: 'critical',
  title: 'outage',
  functions: ['download'],
  components: ['beijing.download'],
  started_at: START,
  created_at: START,
  updated_at: START,
  monitoring_at: null,
  resolved_at: null,
  taken_over: false,
  simulated: false,
};
const UPDATE: IncidentUpdate = {
  id: 'upd000000001',
  incident: INCIDENT.id,
  status: 'investigating',
  code: 'opened',
  text: null,
  affected: [{ component: 'beijing.download', from: 'operational', to: 'major_outage' }],
  created_at: START,
};
const NOTICE: Notice = {
  id: 'not000000001',
  kind: 'incident_opened',
  ref: INCIDENT.id,
  update: UPDATE.id,
  created_at: START,
};

function manyNotices(count: number): Notice[] {
  return Array.from({ length: count }, (_, i) => ({
    ...NOTICE,
    id: `not${String(i).padStart(9, '0')}`,
    created_at: START + i,
  }));
}

/** A real store with one notice, a clock that stands still, and a channel that answers as told and keeps what it got. */
async function site(answer: (attempt: number) => Sending, notices = [NOTICE]) {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  await store.record({ incidents: [INCIDENT], updates: [UPDATE], notices });
  const time = { now: START + 1_000 };
  const clock: Clock = { now: () => time.now, monotonic: () => time.now };
  const received: Message[] = [];
  const channel: Channel = {
    async send(message) {
      received.push(message);
      return answer(received.length);
    },
  };
  const telemetry = createTelemetry('notifier');
  const { log, entries } = keptLog();
  const dispatcher = () =>
    createDispatcher({
      store,
      channels: { robot: channel, ...createChannels({ log }) },
      operators: [{ id: 'operators', channel: 'robot' }],
      clock,
      log,
      telemetry,
    });
  return {
    store,
    time,
    received,
    telemetry,
    entries,
    log,
    clock,
    dispatch: dispatcher(),
    dispatcher,
  };
}

describe('the dispatcher', () => {
  it('delivers a notice once, with its incident, and counts it', async () => {
    const { dispatch, received, telemetry } = await site(() => ({ result: 'sent' }));
    expect(await dispatch()).toBe(1);
    expect(await dispatch()).toBe(0);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      notice: NOTICE,
      incident: { id: INCIDENT.id, updates: [UPDATE] },
      recipient: { id: 'operators', channel: 'robot' },
    });
    const text = await telemetry.text();
    expect(text).toContain('fapiao_notification_total{channel="robot",result="sent"} 1');
    expect(text).toContain('fapiao_notification_delay_seconds_sum{channel="robot"} 1');
  });

  it('tries again later, longer and longer, under the same delivery id', async () => {
    const { dispatch, time, received, telemetry } = await site((attempt) =>
      attempt < 3 ? { result: 'retry', error: 'HTTP 502' } : { result: 'sent' },
    );
    await dispatch();
    time.now += retryDelayMs(1) - 1;
    expect(await dispatch()).toBe(0);
    time.now += 1;
    expect(await dispatch()).toBe(1);
    time.now += retryDelayMs(1);
    expect(await dispatch()).toBe(0);
    time.now += retryDelayMs(2);
    expect(await dispatch()).toBe(1);
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ delivery_id }) => delivery_id)).size).toBe(1);
    const text = await telemetry.text();
    expect(text).toContain('{channel="robot",result="retry"} 2');
    expect(text).toContain('{channel="robot",result="sent"} 1');
  });

  it('counts an exception of a channel as a failure to be tried again', async () => {
    const { dispatch, time, received } = await site((attempt) => {
      if (attempt === 1) throw new Error('socket hang up');
      return { result: 'sent' };
    });
    await dispatch();
    time.now += retryDelayMs(1);
    await dispatch();
    expect(received).toHaveLength(2);
  });

  it('never tries again what is pointless', async () => {
    const { dispatch, time, received } = await site(() => ({
      result: 'never_again',
      error: 'the receiver is gone',
    }));
    await dispatch();
    time.now += 365 * 86_400_000;
    await dispatch();
    expect(received).toHaveLength(1);
  });

  it('gives up in the end', async () => {
    const { dispatch, time, received, telemetry } = await site(() => ({
      result: 'retry',
      error: 'HTTP 502',
    }));
    for (let day = 0; day < 30; day++) {
      await dispatch();
      time.now += 86_400_000;
    }
    expect(received).toHaveLength(14);
    expect(await telemetry.text()).toContain('result="never_again"} 1');
  });

  it('takes up after its lease what a dispatcher that died had claimed', async () => {
    const { store, dispatch, time, clock, received } = await site(() => ({ result: 'sent' }));
    const operators = [{ id: 'operators', channel: 'robot' }];
    await store.fanOut({ now: clock.now(), limit: 10, operators });
    await store.claimDeliveries(clock.now(), 300_000, 10);
    expect(await dispatch()).toBe(0);
    time.now += 300_000;
    expect(await dispatch()).toBe(1);
    expect(received).toHaveLength(1);
  });

  it('delivers what is due together in the order in which it happened', async () => {
    const { dispatch, received } = await site(() => ({ result: 'sent' }), manyNotices(8));
    await dispatch();
    expect(received.map(({ notice }) => notice)).toEqual(manyNotices(8));
  });

  it('delivers many, each once, by two dispatchers at a time', async () => {
    const notices = manyNotices(60);
    const { dispatch, dispatcher, received } = await site(() => ({ result: 'sent' }), notices);
    await Promise.all([dispatch(), dispatcher()()]);
    const told = received.map(({ notice }) => notice.id);
    expect(told.toSorted()).toEqual(notices.map(({ id }) => id));
    expect(new Set(received.map(({ delivery_id }) => delivery_id)).size).toBe(60);
  });
});

it('tells operators of an incident in one line of the log', async () => {
  const { store, log, entries, clock, telemetry } = await site(() => ({ result: 'sent' }));
  const dispatch = createDispatcher({
    store,
    channels: createChannels({ log }),
    operators: [{ id: 'operators', channel: 'log' }],
    clock,
    log,
    telemetry,
  });
  await dispatch();
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({
    level: 'warn',
    msg: 'notice',
    notice: 'incident_opened',
    incident: INCIDENT.id,
    system: 'beijing',
    functions: ['download'],
    impact: 'critical',
    status: 'investigating',
    update: 'opened',
    started_at: '2026-01-05T01:00:00.000Z',
    simulated: false,
  });
});
