import { expect, onTestFinished, test } from 'vitest';
import type { SendResult } from '../../channels/kit/sender.ts';
import { alertText } from '../../messages/alerts.ts';
import { randomId } from '../../model/ids.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createChannelHealth, endAlertsOfRemoved } from '../../notify/channel-health.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { zh } from '../messages/words.ts';
import { deliverEach } from '../store/deliver-each.ts';
import { temporaryPath } from '../store/temporary.ts';
import { START } from './samples.ts';

const SENT: SendResult = { result: 'sent' };
const REFUSED: SendResult = { result: 'retry', error: 'the relay refuses', channel_fault: true };

/** What a channel reports, seconds after the start, and the alerts that are opened and resolved. */
async function startHealth() {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const time = { now: START };
  const clock = { now: () => time.now, monotonic: () => time.now };
  const start = () => createChannelHealth({ store, clock, newId: randomId });
  let health = start();
  return {
    restart() {
      health = start();
    },
    async report(seconds: number, outcome: SendResult, channel = 'email') {
      time.now = START + seconds * SECOND;
      await health.report(channel, outcome);
    },
    /** Ends those of all but these channels. */
    async removed(seconds: number, channels: string[]) {
      time.now = START + seconds * SECOND;
      await endAlertsOfRemoved(channels, { store, clock, newId: randomId });
    },
    /** What operators are told of those that ended. */
    async told() {
      const found = await store.alerts({});
      const ended = found.filter(({ resolved_at }) => resolved_at !== null);
      const delivered = await deliverEach(store, time.now, [{ id: 'operator', channel: 'log' }]);
      const refs = delivered.flatMap(({ notice }) =>
        notice.kind === 'alert_resolved' ? notice.ref : [],
      );
      const configuration = { systems: [], lines: [] };
      return ended
        .filter(({ id }) => refs.includes(id))
        .map((it) => alertText(it, { words: zh, configuration }).body);
    },
    async alerts() {
      const found = await store.alerts({});
      return found
        .map(({ subject, since, opened_at, resolved_at }) => [
          subject,
          ...[since, opened_at, resolved_at].map((it) => it && (it - START) / SECOND),
        ])
        .toReversed();
    },
  };
}

test('an alert of a channel that was removed ends, that of another goes on', async () => {
  const { report, removed, alerts, told } = await startHealth();
  for (const seconds of [0, 30, 60]) await report(seconds, REFUSED);
  for (const seconds of [0, 30, 60]) await report(seconds, REFUSED, 'webhook');
  await removed(70, ['webhook', 'log']);
  expect((await alerts()).sort()).toEqual([
    ['email', 0, 60, 70],
    ['webhook', 0, 60, null],
  ]);
  expect(await told()).toEqual(['通知渠道 email 已从配置中移除，不再使用。']);
});

test('three failures over a minute open an alert, the next success resolves it', async () => {
  const { report, alerts } = await startHealth();
  for (const seconds of [0, 30, 59]) await report(seconds, REFUSED);
  expect(await alerts()).toEqual([]);
  await report(60, REFUSED);
  await report(90, REFUSED);
  expect(await alerts()).toEqual([['email', 0, 60, null]]);
  await report(100, SENT);
  expect(await alerts()).toEqual([['email', 0, 60, 100]]);
});

test('two failures over a minute are too few', async () => {
  const { report, alerts } = await startHealth();
  await report(0, REFUSED);
  await report(2 * (MINUTE / SECOND), REFUSED);
  expect(await alerts()).toEqual([]);
});

test('a success begins the count anew, and a channel fails by itself', async () => {
  const { report, alerts } = await startHealth();
  for (const seconds of [0, 30]) await report(seconds, REFUSED);
  await report(40, SENT);
  for (const seconds of [50, 80]) await report(seconds, REFUSED);
  for (const seconds of [85, 90]) await report(seconds, REFUSED, 'webhook');
  expect(await alerts()).toEqual([]);
  await report(110, REFUSED);
  expect(await alerts()).toEqual([['email', 50, 110, null]]);
});

test('what is resolved stays so, and the next failures open another alert', async () => {
  const { report, alerts } = await startHealth();
  for (const seconds of [0, 30, 60]) await report(seconds, REFUSED);
  for (const seconds of [100, 200]) await report(seconds, SENT);
  for (const seconds of [300, 330, 360]) await report(seconds, REFUSED);
  expect(await alerts()).toEqual([
    ['email', 0, 60, 100],
    ['email', 300, 360, null],
  ]);
});

test('an alert opened before a start is resolved after it', async () => {
  const { report, alerts, restart } = await startHealth();
  for (const seconds of [0, 30, 60]) await report(seconds, REFUSED);
  restart();
  await report(70, REFUSED);
  await report(100, SENT);
  expect(await alerts()).toEqual([['email', 0, 60, 100]]);
});

test('what is no fault of the channel says nothing about it', async () => {
  const { report, alerts } = await startHealth();
  const refused: SendResult = { result: 'retry', error: 'this mailbox is full' };
  for (const seconds of [0, 30, 60, 90]) await report(seconds, refused);
  expect(await alerts()).toEqual([]);
});
