import { expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import { webhookBody } from '../../channels/webhook/body.ts';
import type { Notice } from '../../model/notice.ts';
import { MINUTE, SECOND } from '../../model/time.ts';
import type { State } from '../../model/vocabulary.ts';
import { loadPayload } from '../../notify/payload.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { aTransition } from '../status-page/site.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import { temporaryPath } from '../store/temporary.ts';
import { anAlert, INCIDENT, NOTICE, SIGNER, START, UPDATE } from './samples.ts';

const DOWNLOAD = 'beijing.download';
const SITE = siteConfiguration({ demo: false });

/** States of the download, in seconds after START; it was told to be over half an hour later. */
async function toldOf(rows: [number, State][]) {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const last_s = rows.at(-1)?.[0] ?? 0;
  const over = { resolved_at: START + 30 * MINUTE };
  const resolved = { ...UPDATE, status: 'resolved', code: 'resolved' } as const;
  const alert = anAlert({
    subject: DOWNLOAD,
    since: START,
    resolved_since: START + last_s * SECOND,
    ...over,
  });
  await store.record({
    transitions: rows.map(([s, state], i) =>
      aTransition(DOWNLOAD, rows[i - 1]?.[1] ?? 'operational', state, START + s * SECOND),
    ),
    incidents: [{ ...INCIDENT, status: 'resolved', components: [DOWNLOAD], ...over }],
    updates: [resolved],
    alerts: [alert],
  });
  const tell = async (changed: Partial<Notice>) => {
    const notice = { ...NOTICE, created_at: over.resolved_at, ...changed };
    const payload = await loadPayload(store, notice, notice.created_at);
    if (payload === null) throw new Error('no payload');
    const to = { channel: 'webhook', address: '', secret: null, links: null };
    const message: Message = {
      delivery_id: 'd00000000001',
      notice,
      payload,
      to: { ...to, locale: 'zh-CN' },
    };
    const { data } = webhookBody(message, createRender(SITE, SIGNER), SITE.page);
    return { data, lasted: data.facts.find(({ name }) => name === '历时')?.text };
  };
  return {
    incident: await tell({ kind: 'incident_resolved', update: resolved.id }),
    alert: await tell({ kind: 'alert_resolved', ref: alert.id, update: null }),
  };
}

const FLAPS = Array.from({ length: 7 }, (_, i): [number, State][] => [
  [i * 80, 'major_outage'],
  [i * 80 + 10, 'operational'],
]).flat();

test.each<[string, [number, State][], string, number]>([
  ['I1: parts are summed and counted', FLAPS, '共 1 分 10 秒，分 7 段', 70],
  [
    'I2: not until it was told',
    [
      [0, 'major_outage'],
      [180, 'operational'],
    ],
    '3 分钟',
    180,
  ],
  [
    'I3: what is slow or partly down counts, once',
    [
      [0, 'partial_outage'],
      [40, 'major_outage'],
      [96, 'operational'],
    ],
    '1 分 36 秒',
    96,
  ],
  [
    'I12: until the gap, its end unseen',
    [
      [0, 'major_outage'],
      [75, 'unknown'],
      [165, 'operational'],
    ],
    '1 分 15 秒 · 结束未观察到',
    75,
  ],
])('%s: the same to readers and operators', async (_, rows, expected, seconds) => {
  const { incident, alert } = await toldOf(rows);
  expect(incident.lasted).toBe(expected);
  expect(alert.lasted).toBe(expected);
  expect(alert.data).toMatchObject({ alert: { duration_seconds: seconds } });
});

test('no length is told of an incident of which the ledger knows no disturbance', async () => {
  const { incident } = await toldOf([]);
  expect(incident.lasted).toBeUndefined();
});
