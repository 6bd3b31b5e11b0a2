import { describe, expect, it } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import type { SendResult } from '../../channels/kit/sender.ts';
import { type Alert, openedAlert } from '../../model/alert.ts';
import type { ProcessTrouble } from '../../model/process-trouble.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createDirectAlerts } from '../../notify/direct-alerts.ts';
import { keptLog } from '../platform/quiet.ts';
import { START } from './samples.ts';
import { scriptedSender } from './site.ts';

const FULL: ProcessTrouble = {
  process: 'collector',
  kind: 'not_ready',
  cause: 'disk',
  since: START,
  detail: 'No space is left for the database.',
};
const LOCKED: ProcessTrouble = { ...FULL, cause: 'lock', detail: 'The database is locked.' };
const STUCK: ProcessTrouble = { ...FULL, cause: null, detail: 'nothing was published yet' };
const CRASHING: ProcessTrouble = { ...STUCK, kind: 'crashing', detail: 'exit code 1' };
const ENDED: ProcessTrouble = { ...STUCK, kind: 'ended', detail: 'The database was deleted.' };

/** Direct alerts to one operator; there is no store at all. */
function direct(answer: (attempt: number) => SendResult = () => ({ result: 'sent' })) {
  const time = { now: START };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const { sender, received } = scriptedSender(answer);
  let troubles: ProcessTrouble[] = [];
  let ends_told = 0;
  const { tell, hasTold } = createDirectAlerts({
    troubles: () => troubles,
    recipients: {
      operators: [OPERATOR],
      find: async () => ({
        channel: 'email',
        address: 'operator@example.invalid',
        locale: 'zh-CN',
        secret: null,
        links: null,
      }),
    },
    senders: { email: sender },
    onEndTold: () => void ends_told++,
    clock,
    log: keptLog().log,
  });
  return {
    received,
    hasTold: (alert: Alert) => hasTold(OPERATOR, alert),
    endsTold: () => ends_told,
    /** Lets the time pass in steps, with these troubles known. */
    async pass(ms: number, known: ProcessTrouble[], step_ms = 5 * SECOND) {
      troubles = known;
      for (const end = time.now + ms; time.now < end; ) {
        time.now += step_ms;
        await tell();
      }
    },
  };
}

const OPERATOR = { id: 'operator-1', channel: 'email', subjects: ['alert'] } as const;

const told = ({ notice, payload }: Message) =>
  payload.subject === 'alert' && [notice.kind, payload.alert.subject, payload.alert.error];

describe('operators are told without the database', () => {
  it.each([
    ['disk', FULL],
    ['lock', LOCKED],
  ])('of a %s that keeps us from writing, when it begins and ends (D3, D4)', async (...given) => {
    const [subject, trouble] = given;
    const { pass, received } = direct();
    await pass(5 * SECOND, [trouble]);
    const error = `collector: ${trouble.detail}`;
    expect(received.map(told)).toEqual([['alert_opened', subject, error]]);
    await pass(10 * MINUTE, [trouble]);
    await pass(10 * MINUTE, []);
    expect(received.map(told).slice(1)).toEqual([['alert_resolved', subject, error]]);
    const alerts = received.map(({ payload }) => payload.subject === 'alert' && payload.alert);
    expect(alerts).toMatchObject([{ since: START }, { since: START }]);
  });

  it('T3: again by a notifier that was started again, under the same ids', async () => {
    const ids = async () => {
      const { pass, received } = direct();
      await pass(5 * SECOND, [CRASHING]);
      await pass(10 * MINUTE, []);
      return received.map(({ delivery_id, notice }) => ({ delivery_id, ref: notice.ref }));
    };
    const [opened, over] = await ids();
    expect(over?.delivery_id).not.toBe(opened?.delivery_id);
    expect(over?.ref).toBe(opened?.ref);
    expect(await ids()).toEqual([opened, over]);
  });

  it('of one lock once, however many processes suffer from it, one after the other', async () => {
    const { pass, received } = direct();
    const page = { ...LOCKED, process: 'page', since: START + SECOND };
    const notifier = { ...LOCKED, process: 'notifier', since: START + 9 * SECOND };
    await pass(10 * SECOND, [LOCKED]);
    await pass(10 * SECOND, [page, LOCKED, notifier]);
    await pass(10 * SECOND, [notifier]);
    await pass(MINUTE, []);
    expect(received.map(told).map((it) => (it || []).slice(0, 2))).toEqual([
      ['alert_opened', 'lock'],
      ['alert_resolved', 'lock'],
    ]);
  });

  it('of a process that is not ready, nobody knows why, after a minute', async () => {
    const { pass, received } = direct();
    await pass(MINUTE - 5 * SECOND, [STUCK]);
    expect(received).toEqual([]);
    await pass(10 * SECOND, [STUCK]);
    expect(received.map(told)).toEqual([
      ['alert_opened', 'machine', 'collector: nothing was published yet'],
    ]);
  });

  it('of a crash loop at once, and of one by a full disk as that', async () => {
    const { pass, received } = direct();
    await pass(5 * SECOND, [CRASHING, { ...CRASHING, process: 'page', cause: 'disk' }]);
    expect(received.map(told)).toEqual([
      ['alert_opened', 'process', 'collector: exit code 1'],
      ['alert_opened', 'disk', 'page: exit code 1'],
    ]);
  });

  it('that everything ends: once, with its cause, and then it does', async () => {
    const { pass, received, endsTold } = direct((attempt) =>
      attempt === 1 ? { result: 'retry', error: 'HTTP 502' } : { result: 'sent' },
    );
    await pass(5 * SECOND, [ENDED]);
    expect(endsTold()).toBe(0);
    await pass(5 * SECOND, [ENDED, { ...ENDED, process: 'notifier' }]);
    expect(endsTold()).toBe(1);
    expect(received.map(told).at(-1)).toEqual([
      'alert_opened',
      'stopped',
      'collector: The database was deleted.',
    ]);
    expect(received).toHaveLength(2);
  });

  it('that everything ends every 3 s, five times at most, as nothing comes later', async () => {
    const { pass, received, endsTold } = direct(() => ({ result: 'retry', error: 'HTTP 502' }));
    // At 1, 4, 7, 10 and 13 s.
    const attempts: number[] = [];
    for (let s = 1; s <= 20; s += 1) {
      await pass(SECOND, [ENDED], SECOND);
      attempts.push(received.length);
    }
    expect(attempts).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5]);
    expect(endsTold()).toBeGreaterThan(0);
  });

  it('again after 30 s with the same id where sending fails, but not for ever', async () => {
    const { pass, received } = direct(() => ({ result: 'retry', error: 'HTTP 502' }));
    await pass(30 * SECOND, [CRASHING]);
    expect(received).toHaveLength(1);
    await pass(5 * SECOND, [CRASHING]);
    expect(received).toHaveLength(2);
    await pass(30 * MINUTE, [CRASHING]);
    expect(received).toHaveLength(5);
    expect(new Set(received.map(({ delivery_id }) => delivery_id)).size).toBe(1);
    // Who never heard of it does not hear that it is over.
    await pass(MINUTE, []);
    expect(received).toHaveLength(5);
  });
});

describe('what is recorded when it is over', () => {
  const recorded = (seconds: number, subject = 'lock'): Alert => ({
    ...openedAlert({
      id: 'recorded',
      kind: 'own',
      subject,
      error: 'The database is locked.',
      since: START + (seconds - 10) * SECOND,
      opened_at: START + seconds * SECOND,
    }),
    resolved_at: START + seconds * SECOND,
    resolved_since: START + seconds * SECOND,
  });

  it('is not told again to who was told while it lasted', async () => {
    const { pass, hasTold } = direct();
    expect(hasTold(recorded(30))).toBe(false);
    await pass(30 * SECOND, [LOCKED]);
    await pass(10 * SECOND, []);
    expect(hasTold(recorded(32))).toBe(true);
    expect(hasTold(recorded(32, 'disk'))).toBe(false);
    // It was told of until 35 s; another process may see it 30 s earlier or later.
    expect([-31, -30, 75, 76].map((at) => hasTold(recorded(at)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    // An alert that is opened and stays open was never part of it.
    expect(hasTold({ ...recorded(30), resolved_at: null })).toBe(false);
  });

  it('is told to who could not be reached meanwhile', async () => {
    const { pass, hasTold } = direct(() => ({ result: 'retry', error: 'HTTP 502' }));
    await pass(30 * SECOND, [LOCKED]);
    await pass(10 * SECOND, []);
    expect(hasTold(recorded(32))).toBe(false);
  });
});
