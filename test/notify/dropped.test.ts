import { expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import { webhookBody } from '../../channels/webhook/body.ts';
import { loadPayload } from '../../notify/payload.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { siteConfiguration } from '../status-page/site-configuration.ts';
import { temporaryPath } from '../store/temporary.ts';
import { INCIDENT, NOTICE, SIGNER, UPDATE } from './samples.ts';

test('what is not measured any more is told as unclear, not as going on', async () => {
  const store = await openStore({ path: temporaryPath() });
  onTestFinished(() => store.close());
  const component = 'beijing.download';
  const opened = { component, from: 'operational', to: 'major_outage' } as const;
  const dropped = { component, from: 'major_outage', to: 'unknown' } as const;
  const told = { ...UPDATE, id: 'upd-dropped', code: 'dropped' } as const;
  await store.record({
    incidents: [{ ...INCIDENT, components: [component] }],
    updates: [
      { ...UPDATE, affected: [opened] },
      { ...told, affected: [dropped] },
    ],
  });
  const notice = { ...NOTICE, kind: 'incident_updated', update: told.id } as const;
  const payload = await loadPayload(store, notice, notice.created_at);
  if (payload === null) throw new Error('no payload');
  const to = { channel: 'webhook', address: '', secret: null, links: null, locale: 'zh-CN' };
  const message = { delivery_id: 'd00000000001', notice, payload, to } as Message;
  const site = siteConfiguration({ demo: false });
  const { data } = webhookBody(message, createRender(site, SIGNER), site.page);
  expect(data.title).toMatch(/^【情况不明】/);
  expect(JSON.stringify(data)).toContain('已不再测量');
});
