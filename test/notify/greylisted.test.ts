import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../model/time.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openSenders } from '../../notify/senders.ts';
import { startSmtpServer } from '../channels/smtp-server.ts';
import { transition } from '../model/builders.ts';
import { keptLog } from '../platform/quiet.ts';
import {
  aSubscriber,
  configurationOf,
  INCIDENT,
  NOTICE,
  SIGNER,
  START,
  UPDATE,
} from './samples.ts';
import { startNotifier } from './site.ts';

const COMPONENT = 'beijing.download';
const at = (seconds: number) => START + seconds * SECOND;
const down = { component: COMPONENT, from: 'operational', to: 'major_outage' } as const;
const well = { component: COMPONENT, from: 'major_outage', to: 'operational' } as const;
const over = { ...INCIDENT, components: [COMPONENT], status: 'resolved' as const };

/** A mail server that takes nothing (451) until `greylists_s` have passed. */
async function greylisted(greylists_s: number) {
  const world = { now: 0 };
  const smtp = await startSmtpServer({
    script: (step) => (step === 'rcpt' && world.now < greylists_s ? 451 : null),
  });
  const configuration = configurationOf({ smtp: { host: '127.0.0.1', port: smtp.port } });
  const { dispatch, store, time, entries } = await startNotifier({
    senders: ({ clock }) =>
      openSenders({
        configuration,
        data_dir: '',
        render: createRender(configuration, SIGNER),
        clock,
        log: keptLog().log,
      }),
    subscribers: [aSubscriber({ locale: 'zh-CN' })],
    notices: [],
  });
  await store.record({
    transitions: [
      transition(at(-300), 'operational', COMPONENT),
      transition(at(0), 'major_outage', COMPONENT),
    ],
    incidents: [{ ...INCIDENT, components: [COMPONENT] }],
    updates: [{ ...UPDATE, id: 'opened000000', affected: [down] }],
    notices: [{ ...NOTICE, update: 'opened000000' }],
  });
  await dispatch();
  return { smtp, store, entries, passes };

  async function passes(seconds: number): Promise<void> {
    world.now = seconds;
    time.now = at(seconds);
    await dispatch();
  }
}

/** It works again after 60 s, which everyone is told 5 minutes later. */
const RESOLVED = {
  transitions: [transition(at(60), 'operational', COMPONENT)],
  incidents: [{ ...over, monitoring_at: at(60), resolved_at: at(360), updated_at: at(360) }],
  updates: [
    {
      ...UPDATE,
      id: 'resolved0000',
      status: 'resolved' as const,
      code: 'resolved' as const,
      affected: [well],
      created_at: at(360),
    },
  ],
  notices: [
    {
      ...NOTICE,
      id: 'not000000002',
      kind: 'incident_resolved' as const,
      update: 'resolved0000',
      created_at: at(360),
    },
  ],
};

test('T1: a mail server that greylists until all is over gets one mail of all', async () => {
  const { smtp, store, passes, entries } = await greylisted(400);
  for (const seconds of [6, 20, 60, 180]) await passes(seconds);
  await store.record(RESOLVED);
  await passes(361);
  await passes(1_000);
  await passes(3_000);
  expect(smtp.received.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^【已解决】.*下载曾中断 1 分钟/),
  ]);
  expect(smtp.received[0]?.text).toMatch(/开始时间：2026年1月5日 09:00/);
  expect(await store.pendingDeliveries()).toEqual([]);
  expect(entries.filter(({ status }) => status === 'never_again')).toEqual([]);
});

const RECOVERED = {
  id: 'recovered000',
  status: 'monitoring',
  code: 'recovered',
  told: false,
  created_at: at(60),
} as const;

test('T1: one that greylists for 88 s gets beginning and end, in that order', async () => {
  const { smtp, store, passes } = await greylisted(88);
  for (const seconds of [6, 20, 60]) await passes(seconds);
  await store.record({
    transitions: RESOLVED.transitions,
    updates: [{ ...UPDATE, ...RECOVERED, affected: [well] }],
  });
  await passes(180);
  await store.record(RESOLVED);
  await passes(361);
  // What works again by then is not told as down, though nobody is told yet that it is over.
  expect(smtp.received.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^【已恢复，观察中】.*下载曾中断 1 分钟/),
    expect.stringMatching(/^【已解决】.*下载曾中断 1 分钟/),
  ]);
});

test('T1: what got worse before anybody heard of it is told as it is, no change', async () => {
  const { smtp, store, passes } = await greylisted(100);
  const worse = { component: COMPONENT, from: 'degraded_performance', to: 'major_outage' } as const;
  await store.record({
    updates: [{ ...UPDATE, id: 'worse0000000', code: 'worse', affected: [worse] }],
    notices: [{ ...NOTICE, id: 'not000000002', kind: 'incident_updated', update: 'worse0000000' }],
  });
  await passes(MINUTE / SECOND);
  await passes(180);
  expect(smtp.received.map(({ subject }) => subject)).toEqual([
    expect.stringContaining('：下载中断'),
  ]);
  expect(smtp.received[0]?.subject).not.toContain('转为');
});
