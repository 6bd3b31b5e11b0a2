import { onTestFinished } from 'vitest';
import type { Alert } from '../../model/alert.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Incident, IncidentUpdate } from '../../model/incident.ts';
import type { Notice } from '../../model/notice.ts';
import type { NotifySettings, Operator } from '../../model/notify-settings.ts';
import type { Clock, Signer } from '../../model/ports.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { createAddressees } from '../../notify/addressees.ts';
import { createChannelHealth } from '../../notify/channel-health.ts';
import type { Channel } from '../../notify/channels/channel.ts';
import { createDispatcher } from '../../notify/dispatcher.ts';
import { randomId } from '../../notify/ids.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { keptLog } from '../platform/quiet.ts';
import { siteConfiguration } from '../status-page/site.ts';
import { temporaryPath } from '../store/temporary.ts';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
/** 09:00 on a Monday in China. */
export const START = Date.UTC(2026, 0, 5, 1, 0, 0);

/** Signs well enough to tell one link from another. */
export const SIGNER: Signer = {
  sign: (text) => Buffer.from(text).toString('hex').slice(-16),
  verify: (text, signature) => Buffer.from(text).toString('hex').slice(-16) === signature,
};

export const INCIDENT: Incident = {
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
export const UPDATE: IncidentUpdate = {
  id: 'upd000000001',
  incident: INCIDENT.id,
  status: 'investigating',
  code: 'opened',
  text: null,
  affected: [{ component: 'beijing.download', from: 'operational', to: 'major_outage' }],
  created_at: START,
};
export const NOTICE: Notice = {
  id: 'not000000001',
  kind: 'incident_opened',
  ref: INCIDENT.id,
  update: UPDATE.id,
  created_at: START,
};

export function anAlert(changed: Partial<Alert> = {}): Alert {
  return {
    id: 'alert0000001',
    kind: 'state',
    subject: 'beijing.download',
    state: 'major_outage',
    notes: [
      {
        code: 'checks_failing',
        checks: ['beijing-download-pdf'],
        reason: 'http_status',
        detail: 'HTTP 503',
      },
    ],
    error: null,
    since: START - 12 * SECOND,
    opened_at: START,
    acknowledged_at: null,
    resolved_at: null,
    resolved_since: null,
    ...changed,
  };
}

export function aSubscriber(changed: Partial<Subscriber> = {}): Subscriber {
  return {
    id: 'wang00000000',
    channel: 'email',
    address: 'wang@example.com',
    status: 'active',
    locale: 'zh-CN',
    systems: null,
    kinds: ['incident', 'maintenance'],
    nonce: 'nonce1',
    secret: null,
    created_at: START - MINUTE,
    confirmed_at: START - MINUTE,
    ...changed,
  };
}

export function configurationOf(notify: Partial<NotifySettings> = {}): Configuration {
  const settings = {
    from: 'status@example.org',
    smtp: null,
    operators: [],
    webhook: { allow: [] },
  };
  return { ...siteConfiguration({ demo: false }), notify: { ...settings, ...notify } };
}

/** A notifier over a real store, with channels of the test's own and a clock that stands still. */
export async function startNotifier({
  channels,
  operators = [],
  notices = [NOTICE],
  subscribers = [],
}: {
  channels: (parts: { clock: Clock }) => Record<string, Channel>;
  operators?: Operator[];
  notices?: Notice[];
  subscribers?: Subscriber[];
}) {
  const path = temporaryPath();
  const store = await openStore({ path });
  onTestFinished(() => store.close());
  await store.record({ incidents: [INCIDENT], updates: [UPDATE] });
  for (const subscriber of subscribers) await subscribed(subscriber);
  await store.record({ notices });
  const time = { now: START + 1_000 };
  const clock: Clock = { now: () => time.now, monotonic: () => time.now };
  const telemetry = createTelemetry('notifier');
  const { log, entries } = keptLog();
  const all = channels({ clock });
  const dispatcher = () =>
    createDispatcher({
      store,
      channels: all,
      addressees: createAddressees({
        store,
        operators,
        public_url: 'https://status.example.org',
        signer: SIGNER,
      }),
      health: createChannelHealth({ store, clock, newId: randomId }),
      clock,
      log,
      telemetry,
    });
  return { path, store, time, clock, telemetry, log, entries, dispatcher, dispatch: dispatcher() };

  /** One who has confirmed, told of nothing so far. */
  async function subscribed(subscriber: Subscriber): Promise<void> {
    const { id, status, nonce } = subscriber;
    const asked = { kind: 'subscription_requested', update: null, created_at: START } as const;
    await store.subscribe({ ...subscriber, status: 'pending' }, { id: `asked-${id}`, ...asked });
    if (status !== 'active') return;
    await store.confirmSubscriber(id, nonce, START);
    await store.fanOut({ now: 0, limit: 1, operators: [] });
    for (const delivery of await store.claimDeliveries(START, MINUTE, 10)) {
      await store.settleDelivery(delivery.id, { status: 'sent', at: START });
    }
  }
}

/** A channel that answers as told and keeps what it got. */
export function scriptedChannel(
  answer: (attempt: number) => Awaited<ReturnType<Channel['send']>>,
  { shared = true } = {},
) {
  const received: Parameters<Channel['send']>[0][] = [];
  const channel: Channel = {
    shared,
    async send(message) {
      received.push(message);
      return answer(received.length);
    },
  };
  return { channel, received };
}
