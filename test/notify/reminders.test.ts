import { describe, expect, onTestFinished, test } from 'vitest';
import { randomId } from '../../model/ids.ts';
import type { Operator } from '../../model/notify-settings.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { createReminders } from '../../notify/reminders.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { aStatus } from '../status-page/site.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import { anAlert, NOTICE, SIGNER, START } from './samples.ts';
import { scriptedSender, startNotifier } from './site.ts';

const operator = (address: string): Operator => ({
  channel: 'email',
  address,
  locale: 'zh-CN',
  secret: null,
});
const FIRST = operator('first@example.org');
const BOSS = operator('boss@example.org');
const REPEATED = { repeat_after_ms: 30 * MINUTE, escalation: null };

/** An open alert of a download that fails, and operators who are told again of it. */
async function site(
  settings: Parameters<typeof createReminders>[0]['settings'] = REPEATED,
  alert = anAlert(),
) {
  const { sender, received } = scriptedSender(() => ({ result: 'sent' }));
  const notifier = await startNotifier({
    senders: () => ({ email: sender, log: scriptedSender(() => ({ result: 'sent' })).sender }),
    operators: [FIRST],
    ...(settings.escalation ? { escalation: settings.escalation.operators } : {}),
    notices: [],
  });
  const { store, time } = notifier;
  const isNow = (state: State) => store.record({ components: [aStatus(alert.subject, state)] });
  await store.record({
    alerts: [alert],
    notices: [{ ...NOTICE, kind: 'alert_opened', ref: alert.id, update: null }],
  });
  await isNow('major_outage');
  const told = () => received.map(({ notice, to }) => `${notice.kind} ${to.address.split('@')[0]}`);
  /** As a notifier that was started anew does, after so many minutes. */
  async function after(minutes: number) {
    time.now = START + minutes * MINUTE;
    await createReminders({ store, settings, newId: randomId, clock: notifier.clock })();
    await notifier.dispatch();
    return told();
  }
  return { ...notifier, alert, received, after, isNow };
}

describe('T8: an alert that nobody acknowledges', () => {
  test('is told again at growing distances, at most five times', async () => {
    const { after, received } = await site();
    for (let minute = 0; minute <= 24 * 60; minute += 1) await after(minute);
    const minutes = received.map(({ notice }) => (notice.created_at - START) / MINUTE);
    expect(minutes).toEqual([0, 30, 90, 210, 450, 930]);
  }, 120_000);

  test('is told again once after a time in which no notifier ran', async () => {
    const { after } = await site();
    expect(await after(0)).toEqual(['alert_opened first']);
    expect(await after(600)).toEqual(['alert_opened first', 'alert_repeated first']);
    expect(await after(601)).toHaveLength(2);
  });

  test('is told again of own traffic that is silent, while what is measured is known', async () => {
    const silent = anAlert({ kind: 'stale', state: 'operational', notes: [] });
    const { after, isNow, received } = await site(REPEATED, silent);
    await isNow('operational');
    expect(await after(0)).toEqual(['alert_opened first']);
    expect(await after(31)).toEqual(['alert_opened first', 'alert_repeated first']);
    expect(received).toHaveLength(2);
    await isNow('under_maintenance');
    expect(await after(200)).toHaveLength(2);
  });

  test('ends with the acknowledgement, which is told to all with the name', async () => {
    const { after, store, received } = await site();
    await after(29);
    const notice = { id: 'ack000000001', kind: 'alert_acknowledged', update: null } as const;
    const at = START + 29 * MINUTE + SECOND;
    await store.acknowledgeAlert('王芳', { ...notice, ref: anAlert().id, created_at: at });
    expect(await after(300)).toEqual(['alert_opened first', 'alert_acknowledged first']);
    const message = received.at(-1);
    if (!message) throw new Error('nothing told');
    const { announcement } = createRender(siteConfiguration(), SIGNER)(message);
    expect(announcement.title).toMatch(/^【已有人处理】/);
    expect(announcement.body.join()).toContain('2026年1月5日 09:29 起由王芳处理');
    expect(announcement.facts).toContainEqual({
      term: '已有人处理',
      text: '王芳、2026年1月5日 09:29',
    });
  });

  test('ends when it is over', async () => {
    const { after, store, alert } = await site();
    await after(0);
    await store.record({ alerts: [{ ...alert, resolved_at: START, resolved_since: START }] });
    expect(await after(60)).toEqual(['alert_opened first']);
  });

  test('waits while it is maintained or unknown; says for how long nobody answered', async () => {
    const { after, isNow, received } = await site();
    await after(0);
    for (const state of ['under_maintenance', 'unknown'] as const) {
      await isNow(state);
      expect(await after(40)).toHaveLength(1);
    }
    await isNow('partial_outage');
    expect(await after(45)).toEqual(['alert_opened first', 'alert_repeated first']);
    const message = received.at(-1);
    if (!message) throw new Error('nothing told');
    const { announcement } = createRender(siteConfiguration(), SIGNER)(message);
    expect(announcement.body[0]).toBe('已经 45 分钟没有人说在处理。');
  });

  test('is not told again where that is switched off', async () => {
    const { after } = await site({ repeat_after_ms: null, escalation: null });
    expect(await after(600)).toEqual(['alert_opened first']);
  });
});

describe('T8: escalation', () => {
  const ESCALATED = {
    repeat_after_ms: 30 * MINUTE,
    escalation: { after_ms: 10 * MINUTE, operators: [BOSS, FIRST] },
  };

  test('tells others after a while, once, and from then on all that follows', async () => {
    const { after, store, alert } = await site(ESCALATED);
    await after(9);
    expect(await after(10)).toEqual(['alert_opened first', 'alert_escalated boss']);
    await after(11);
    expect((await after(31)).slice(2).toSorted()).toEqual([
      'alert_repeated boss',
      'alert_repeated first',
    ]);
    const over = { resolved_at: START + 32 * MINUTE, resolved_since: START + 32 * MINUTE };
    const notice = { ...NOTICE, id: 'over00000001', ref: alert.id, update: null };
    await store.record({
      alerts: [{ ...alert, ...over }],
      notices: [{ ...notice, kind: 'alert_resolved', created_at: over.resolved_at }],
    });
    expect((await after(33)).slice(4).toSorted()).toEqual([
      'alert_resolved boss',
      'alert_resolved first',
    ]);
  });

  test('is none where somebody has acknowledged it before', async () => {
    const { after, store, alert } = await site(ESCALATED);
    await after(1);
    const notice = { id: 'ack000000001', kind: 'alert_acknowledged', update: null } as const;
    await store.acknowledgeAlert('Li', { ...notice, ref: alert.id, created_at: START + MINUTE });
    expect(await after(120)).toEqual(['alert_opened first', 'alert_acknowledged first']);
  });

  test('what was told is remembered by another process', async () => {
    const { after, path } = await site(ESCALATED);
    await after(10);
    const other = await openStore({ path });
    onTestFinished(() => other.close());
    const clock = { now: () => START + HOUR / 4, monotonic: () => 0 };
    await createReminders({ store: other, settings: ESCALATED, newId: randomId, clock })();
    expect(await after(16)).toHaveLength(2);
  });
});
