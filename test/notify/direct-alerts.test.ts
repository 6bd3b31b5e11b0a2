import { describe, expect, it } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import type { SendResult } from '../../channels/kit/sender.ts';
import type { ProcessTrouble } from '../../model/process-trouble.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createDirectAlerts } from '../../notify/direct-alerts.ts';
import { keptLog } from '../platform/quiet.ts';
import { START } from './samples.ts';
import { scriptedSender } from './site.ts';

const FULL: ProcessTrouble = {
  process: 'collector',
  kind: 'not_ready',
  since: START,
  detail: 'No space is left for the database.',
};
const CRASHING: ProcessTrouble = { ...FULL, kind: 'crashing', detail: 'exit code 1' };

/** Direct alerts to one operator; there is no store at all. */
function direct(answer: (attempt: number) => SendResult = () => ({ result: 'sent' })) {
  const time = { now: START };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const { sender, received } = scriptedSender(answer);
  let troubles: ProcessTrouble[] = [];
  let ids = 0;
  const tell = createDirectAlerts({
    troubles: () => troubles,
    recipients: {
      operators: [{ id: 'operator-1', channel: 'email', subjects: ['alert'] }],
      find: async () => ({
        channel: 'email',
        address: 'operator@example.invalid',
        locale: 'zh-CN',
        secret: null,
        links: null,
      }),
    },
    senders: { email: sender },
    newId: () => `id-${++ids}`,
    clock,
    log: keptLog().log,
  });
  return {
    received,
    /** Lets the time pass in steps of 5 s, with these troubles known. */
    async pass(ms: number, known: ProcessTrouble[]) {
      troubles = known;
      for (const end = time.now + ms; time.now < end; ) {
        time.now += 5 * SECOND;
        await tell();
      }
    },
  };
}

const told = ({ notice, payload }: Message) =>
  payload.subject === 'alert' && [notice.kind, payload.alert.error, payload.recorded];

describe('operators are told without the database', () => {
  it('of a collector that cannot write for a minute, and when it can: once each (D4)', async () => {
    const { pass, received } = direct();
    await pass(MINUTE - 5 * SECOND, [FULL]);
    expect(received).toEqual([]);
    await pass(10 * MINUTE, [FULL]);
    await pass(10 * MINUTE, []);
    expect(received.map(told)).toEqual([
      ['alert_opened', 'collector: No space is left for the database.', false],
      ['alert_resolved', 'collector: No space is left for the database.', false],
    ]);
  });

  it('not of what is over within a minute', async () => {
    const { pass, received } = direct();
    await pass(MINUTE - 5 * SECOND, [FULL]);
    await pass(MINUTE, []);
    expect(received).toEqual([]);
  });

  it('of a crash loop at once', async () => {
    const { pass, received } = direct();
    await pass(5 * SECOND, [CRASHING]);
    expect(received.map(told)).toEqual([['alert_opened', 'collector: exit code 1', false]]);
  });

  it('again with the same id where sending fails, but not for ever', async () => {
    const { pass, received } = direct(() => ({ result: 'retry', error: 'HTTP 502' }));
    await pass(30 * MINUTE, [CRASHING]);
    expect(received).toHaveLength(5);
    expect(new Set(received.map(({ delivery_id }) => delivery_id)).size).toBe(1);
  });
});
