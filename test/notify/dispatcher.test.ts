import { describe, expect, it } from 'vitest';
import type { Sender, SendResult } from '../../channels/kit/sender.ts';
import { MINUTE } from '../../model/time.ts';
import { retryDelayMs } from '../../notify/retry.ts';
import { keptLog } from '../platform/quiet.ts';
import { anAlert, aSubscriber, INCIDENT, NOTICE, START, UPDATE } from './samples.ts';
import { logSender, manyIncidents, scriptedSender, startNotifier } from './site.ts';

const WANG = aSubscriber();

/** One subscriber by e-mail, whose mails end as told; what operators read goes nowhere. */
async function site(answer: (attempt: number) => SendResult, notices = [NOTICE]) {
  const { sender, received } = scriptedSender(answer);
  const log = logSender(keptLog());
  const notifier = await startNotifier({
    senders: () => ({ email: sender, log }),
    notices,
    subscribers: [WANG],
  });
  return { ...notifier, received };
}

describe('the dispatcher', () => {
  it('delivers a notice once, with its incident, and counts it', async () => {
    const { dispatch, received, telemetry } = await site(() => ({ result: 'sent' }));
    expect(await dispatch()).toBe(2);
    expect(await dispatch()).toBe(0);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      notice: NOTICE,
      payload: { subject: 'incident', incident: { id: INCIDENT.id }, update: UPDATE },
      to: { channel: 'email', address: WANG.address, locale: 'zh-CN' },
    });
    const text = await telemetry.text();
    expect(text).toContain('fapiao_notification_total{channel="email",result="sent"} 1');
    expect(text).toContain('fapiao_notification_delay_seconds_sum{channel="email"} 1');
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
    expect(text).toContain('{channel="email",result="retry"} 2');
    expect(text).toContain('{channel="email",result="sent"} 1');
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
      error: 'no such mailbox',
    }));
    await dispatch();
    time.now += 365 * 86_400_000;
    await dispatch();
    expect(received).toHaveLength(1);
  });

  it('gives up in the end, after about a day', async () => {
    const { dispatch, time, received, telemetry } = await site(() => ({
      result: 'retry',
      error: 'HTTP 502',
    }));
    for (let half_hour = 0; half_hour < 100; half_hour++) {
      await dispatch();
      time.now += 30 * MINUTE;
    }
    expect(received).toHaveLength(33);
    expect(await telemetry.text()).toContain('channel="email",result="never_again"} 1');
  });

  it('T3: takes up at once what one that was killed had in hand, under the same id', async () => {
    const sent: string[] = [];
    // The first never returns, as in a process that dies with a mail in hand.
    const sender: Sender = {
      shared: true,
      send: ({ delivery_id }) => {
        sent.push(delivery_id);
        return sent.length === 1
          ? new Promise(() => {})
          : Promise.resolve({ result: 'sent' as const });
      },
    };
    const { dispatch, dispatcher, store } = await startNotifier({
      senders: () => ({ email: sender }),
      notices: [NOTICE],
      subscribers: [WANG],
    });
    const killed = new AbortController();
    void dispatch(killed.signal);
    await expect.poll(() => sent.length).toBe(1);
    killed.abort();
    expect(await dispatcher('another')()).toBe(0);
    expect(await store.releaseDeliveries('another')).toBe(1);
    expect(await dispatcher('another')()).toBe(1);
    expect(sent[1]).toBe(sent[0]);
  });

  it('delivers many, each once, by two dispatchers at a time', async () => {
    const { dispatch, dispatcher, store, received } = await site(() => ({ result: 'sent' }), []);
    const { notices, ...recording } = manyIncidents(60);
    await store.record({ ...recording, notices });
    await Promise.all([dispatch(), dispatcher('another')()]);
    const told = received.map(({ notice }) => notice.id);
    expect(told.toSorted()).toEqual(notices.map(({ id }) => id));
    expect(new Set(received.map(({ delivery_id }) => delivery_id)).size).toBe(60);
  });

  it('leaves what it has not begun when it is told to stop', async () => {
    const stopping = new AbortController();
    const { dispatch, store, received } = await site(() => {
      stopping.abort();
      return { result: 'sent' };
    }, []);
    await store.record(manyIncidents(60));
    await dispatch(stopping.signal);
    // Two are under way at once.
    expect(received.length).toBeLessThanOrEqual(2);
    await dispatch();
    expect(received).toHaveLength(60);
  });

  it('tells nobody who has gone meanwhile, nor of what is gone', async () => {
    const { dispatch, store, time, received } = await site(() => ({
      result: 'retry',
      error: 'HTTP 502',
    }));
    await dispatch();
    await store.unsubscribe(WANG.id, time.now);
    time.now += MINUTE;
    expect(await dispatch()).toBe(0);
    expect(received).toHaveLength(1);
  });
});

describe('an address that takes nothing more', () => {
  it('is unsubscribed at once when it says so', async () => {
    const { dispatch, store } = await site(() => ({
      result: 'never_again',
      error: 'HTTP 410',
      gone: true,
    }));
    await dispatch();
    expect(await store.subscriber(WANG.id)).toBeNull();
  });

  it('is unsubscribed when it refuses five messages in a row', async () => {
    const refuse = () => ({ result: 'never_again', error: '550 at RCPT TO' }) as const;
    const { dispatch, store } = await site(refuse, []);
    await store.record(manyIncidents(4));
    await dispatch();
    expect(await store.subscriber(WANG.id)).not.toBeNull();
    await store.record(manyIncidents(1, 4));
    await dispatch();
    expect(await store.subscriber(WANG.id)).toBeNull();
  });

  it('stays subscribed when one in between was taken', async () => {
    const { dispatch, store, time } = await site(
      (attempt) =>
        attempt === 3 ? { result: 'sent' } : { result: 'never_again', error: '552 at DATA' },
      [],
    );
    for (let n = 0; n < 6; n++) {
      await store.record(manyIncidents(1, n));
      await dispatch();
      time.now += 1_000;
    }
    expect(await store.subscriber(WANG.id)).not.toBeNull();
  });
});

describe('a channel that keeps failing', () => {
  const OPERATOR = {
    channel: 'email',
    address: 'ops@example.org',
    locale: 'en',
    secret: null,
  } as const;
  const down = { result: 'retry', error: 'ECONNREFUSED at CONN', channel_fault: true } as const;

  it('is told to operators by what is left, and when it delivers again', async () => {
    const world = { works: false };
    const { sender } = scriptedSender(() => (world.works ? { result: 'sent' } : down));
    const log = keptLog();
    const { dispatch, store, time } = await startNotifier({
      senders: () => ({ email: sender, log: logSender(log) }),
      operators: [OPERATOR],
      subscribers: [WANG],
    });
    await dispatch();
    for (let i = 0; i < 3; i++) {
      expect(await store.alerts({ limit: 10 })).toEqual([]);
      time.now += 20_000;
      await dispatch();
    }
    expect(await store.alerts({ open: true, limit: 10 })).toMatchObject([
      { kind: 'channel', subject: 'email', error: down.error, since: START + 1_000 },
    ]);
    await dispatch();
    expect(log.entries).toContainEqual(
      expect.objectContaining({ notice: 'alert_opened', kind: 'channel', subject: 'email' }),
    );
    world.works = true;
    time.now += 60 * MINUTE;
    await dispatch();
    await dispatch();
    expect(await store.alerts({ open: true, limit: 10 })).toEqual([]);
    expect(log.entries).toContainEqual(
      expect.objectContaining({ notice: 'alert_resolved', subject: 'email' }),
    );
  });

  it('is none for the fault of a single recipient', async () => {
    const { dispatch, store, time } = await site(() => ({ result: 'retry', error: '450 at RCPT' }));
    for (let i = 0; i < 10; i++) {
      await dispatch();
      time.now += 10 * MINUTE;
    }
    expect(await store.alerts({ limit: 10 })).toEqual([]);
  });
});

it('T11: tells operators of an incident and of an alert in one line of the log each', async () => {
  const { log, entries } = keptLog();
  const { dispatch, store } = await startNotifier({
    senders: () => ({ log: logSender({ log }) }),
  });
  const ref = anAlert().id;
  await store.record({
    alerts: [anAlert()],
    notices: [{ ...NOTICE, id: 'not000000002', kind: 'alert_opened', ref, update: null }],
  });
  await dispatch();
  expect(entries).toHaveLength(2);
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
    simulated: true,
  });
  expect(entries[1]).toMatchObject({
    notice: 'alert_opened',
    kind: 'state',
    subject: 'beijing.download',
    state: 'major_outage',
    since: '2026-01-05T00:59:48.000Z',
    duration_ms: null,
    simulated: true,
  });
});
