import { describe, expect, it, onTestFinished, test } from 'vitest';
import { CHANNELS } from '../../channels/index.ts';
import type { Channel } from '../../channels/kit/channel.ts';
import { channelHint, channelText } from '../../channels/text.ts';
import { randomId } from '../../model/ids.ts';
import { SECOND } from '../../model/time.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import { createChannelHealth } from '../../notify/channel-health.ts';
import { createDispatcher } from '../../notify/dispatcher.ts';
import { createRecipients } from '../../notify/recipients.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openSenders } from '../../notify/senders.ts';
import { parseConfiguration } from '../../platform/config/parse.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { dispatchAll } from '../notify/dispatch-all.ts';
import { anAlert } from '../notify/samples.ts';
import { quiet } from '../platform/quiet.ts';
import {
  anIncident,
  anUpdate,
  fakeClock,
  NOW,
  openSite,
  siteConfiguration,
  startPage,
} from '../status-page/site.ts';

/**
 * What every channel must do that readers and operators can choose: page, store, notifier and the
 * channel's own other end are the real ones.
 */

const SITE = {
  page: {
    operator: { 'zh-CN': '测', en: 'T' },
    title: { 'zh-CN': '测', en: 'T' },
    public_url: 'https://status.example.org',
    contact: 'ops@example.org',
  },
  lines: { office: { name: { 'zh-CN': '办', en: 'Office' } } },
  systems: {
    beijing: {
      name: { 'zh-CN': '京', en: 'Beijing' },
      driver: 'beijing',
      environment: 'production',
      url: 'https://beijing.example.org',
    },
  },
  checks: {
    query: { system: 'beijing', function: 'query', schedule: '0 * * * * *', deadline: '10s' },
  },
};

/** A site whose messages by the channel come to the channel's other end. */
async function startSite(channel: Channel) {
  const opened = await openSite();
  const simulator = await channel.openSimulator?.(opened.data_dir);
  if (!simulator) throw new Error('there is no other end');
  const { notify } = parseConfiguration({
    text: JSON.stringify({ ...SITE, notify: simulator.section }),
    file: 'my.yaml',
    demo: true,
    public_url: null,
    simulator_url: '',
    env: simulator.env,
    channels: CHANNELS,
    notifier: true,
  });
  const configuration = { ...siteConfiguration(), notify };
  const { store, signer, data_dir } = opened;
  const clock = fakeClock();
  const page = await startPage({ site: { ...opened, configuration }, clock });
  onTestFinished(async () => {
    await page.stop();
    await simulator.stop();
    await opened.close();
  });
  const render = createRender(configuration, signer);
  const dispatcher = createDispatcher({
    owner: 'notifier',
    store,
    senders: await openSenders({ configuration, data_dir, render, clock, log: quiet }),
    recipients: createRecipients({
      store,
      operators: notify.operators,
      page: configuration.page,
      signer,
    }),
    health: createChannelHealth({ store, clock, newId: randomId }),
    clock,
    log: quiet,
    telemetry: createTelemetry('notifier'),
  });
  return { page, store, simulator, dispatch: () => dispatchAll(dispatcher) };
}

const post = (url: string, fields: Record<string, string>) =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(fields),
  });

const chosen = Object.entries(CHANNELS).filter(([, { field, operator }]) => field || operator);

describe.each(chosen)('the channel %s', (id, channel) => {
  it.runIf(channel.field)('asks in the form, confirms, and tells of an incident', async () => {
    const { page, store, simulator, dispatch } = await startSite(channel);
    const { address } = simulator;
    const fields = { channel: id, [channel.field?.name ?? '']: address, kinds: 'incident' };
    const asked = await post(`${page.url}/en/subscribe`, { ...fields, locale: 'en' });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/en/subscribe/sent']);
    await dispatch();
    const [request] = await simulator.received();
    const link = /\/en\/subscription\/confirm\?t=[\w.-]+/.exec(request ?? '')?.[0];
    const confirmed = await post(page.url + link, {});
    expect([confirmed.status, await confirmed.text()]).toEqual([
      200,
      expect.stringContaining('You are subscribed'),
    ]);
    await store.record({
      incidents: [anIncident()],
      updates: [anUpdate()],
      notices: [
        {
          id: 'not000000001',
          kind: 'incident_opened',
          ref: anIncident().id,
          update: anUpdate().id,
          created_at: NOW + SECOND,
        },
      ],
    });
    await dispatch();
    const [, told, ...more] = await simulator.received();
    expect(told).toContain(`/en/incidents/${anIncident().id}`);
    expect(told).toMatch(/\/unsubscribe\?t=[\w.-]+/);
    expect(more).toEqual([]);
  });

  it.runIf(channel.operator)('alerts an operator named in the configuration', async () => {
    const { store, simulator, dispatch } = await startSite(channel);
    await store.record({
      alerts: [anAlert()],
      notices: [
        {
          id: 'not000000001',
          kind: 'alert_opened',
          ref: anAlert().id,
          update: null,
          created_at: NOW,
        },
      ],
    });
    await dispatch();
    const [alert, ...more] = await simulator.received();
    expect(alert).toMatch(/\/zh-CN\/alerts\/acknowledge\?t=acknowledge\.[\w.-]+/);
    expect(more).toEqual([]);
  });

  it.runIf(channel.field).each(LOCALES)('says what it asks for in %s', async (locale) => {
    const { page } = await startSite(channel);
    const form = await (await fetch(`${page.url}/${locale}/subscribe`)).text();
    const text = channelText(id, locale);
    for (const key of ['name', 'label']) expect(form).toContain(text(key));
    const hint = channelHint(id, locale);
    if (hint !== null) expect(form).toContain(hint);
    const secrets = channel.newSecret ? ['secret', 'secret_about'] : [];
    for (const key of secrets) expect(text(key)).not.toBe('');
  });

  it.runIf(channel.field)('asks in a field whose name no other part of the page has', async () => {
    const { page } = await startSite(channel);
    const form = await (await fetch(`${page.url}/en/subscribe`)).text();
    for (const attribute of ['name', 'id']) {
      const claims = form.split(` ${attribute}="${channel.field?.name}"`).length - 1;
      expect([attribute, claims]).toEqual([attribute, 1]);
    }
  });
});

test('no two channels claim a key of the configuration or a field of the form', () => {
  const channels = Object.values(CHANNELS);
  const keys = channels.flatMap(({ settings }) => Object.keys(settings({ secrets: true }).shape));
  const fields = channels.flatMap(({ field }) => (field ? [field.name] : []));
  for (const names of [
    [...keys, 'operators'],
    [...fields, 'channel', 'scope', 'systems', 'kinds', 'locale'],
  ]) {
    expect(names).toEqual([...new Set(names)]);
  }
});
