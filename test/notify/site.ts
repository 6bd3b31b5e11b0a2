import { onTestFinished } from 'vitest';
import type { Sender, SendResult } from '../../channels/kit/sender.ts';
import { createLogSender } from '../../channels/log/send.ts';
import { randomId } from '../../model/ids.ts';
import type { Notice } from '../../model/notice.ts';
import type { Operator } from '../../model/notify-settings.ts';
import type { Clock } from '../../model/ports.ts';
import type { Subscriber } from '../../model/subscription.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import { createChannelHealth } from '../../notify/channel-health.ts';
import { createDispatcher } from '../../notify/dispatcher.ts';
import { createRecipients } from '../../notify/recipients.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { createTelemetry } from '../../platform/telemetry/telemetry.ts';
import { openStore } from '../../store/sqlite/open.ts';
import { keptLog } from '../platform/quiet.ts';
import { temporaryPath } from '../store/temporary.ts';
import { dispatchAll } from './dispatch-all.ts';
import { configurationOf, INCIDENT, NOTICE, SIGNER, START, UPDATE } from './samples.ts';

export interface NotifierParts {
  senders: (parts: { clock: Clock }) => Record<string, Sender> | Promise<Record<string, Sender>>;
  operators?: Operator[];
  escalation?: readonly Operator[];
  notices?: Notice[];
  subscribers?: Subscriber[];
}

/** Part of a millisecond by which the monotonic clock goes on with each look, as real ones do. */
const LOOK_MS = 1 / 1_024;

/** A notifier over a real store, with senders of the test's own and a clock that stands still. */
export async function startNotifier(given: NotifierParts) {
  const { operators = [], escalation = [], notices = [NOTICE], subscribers = [] } = given;
  const path = temporaryPath();
  const store = await openStore({ path });
  onTestFinished(() => store.close());
  await store.record({ incidents: [INCIDENT], updates: [UPDATE] });
  for (const subscriber of subscribers) await subscribed(subscriber);
  await store.record({ notices });
  const time = { now: START + 1_000 };
  let looks = 0;
  const clock: Clock = {
    now: () => time.now,
    monotonic() {
      looks += 1;
      return time.now + looks * LOOK_MS;
    },
  };
  const telemetry = createTelemetry('notifier');
  const { log, entries } = keptLog();
  const parts = {
    store,
    senders: await given.senders({ clock }),
    recipients: createRecipients({
      store,
      operators,
      escalation,
      page: { public_url: 'https://status.example.org', languages: LOCALES },
      signer: SIGNER,
    }),
    health: createChannelHealth({ store, clock, newId: randomId }),
    clock,
    log,
    telemetry,
  };
  const dispatcher = (owner: string) => {
    const dispatching = createDispatcher({ ...parts, owner });
    return (stopping?: AbortSignal) => dispatchAll(dispatching, stopping);
  };
  const dispatch = dispatcher('notifier');
  const { senders } = parts;
  return { path, store, senders, time, clock, telemetry, log, entries, dispatcher, dispatch };

  /** One who has confirmed, told of nothing so far. */
  async function subscribed(subscriber: Subscriber): Promise<void> {
    const { id, status, nonce } = subscriber;
    const asked = { kind: 'subscription_requested', update: null, created_at: START } as const;
    await store.subscribe({ ...subscriber, status: 'pending' }, { id: `asked-${id}`, ...asked });
    if (status !== 'active') return;
    await store.confirmSubscriber(id, nonce, START);
    await store.fanOut({ now: 0, limit: 1, operators: [] });
    for (const delivery of await store.claimDeliveries({ owner: 'test', now: START, limit: 10 })) {
      await store.settleDelivery(delivery.id, { status: 'sent', at: START });
    }
  }
}

/** The log of a site whose systems are simulated. */
export function logSender({ log }: Pick<ReturnType<typeof keptLog>, 'log'>): Sender {
  return createLogSender({ log, render: createRender(configurationOf(), SIGNER) });
}

/** Incidents apart from each other, with the notice of each, one a millisecond. */
export function manyIncidents(count: number, first = 0) {
  const several = Array.from({ length: count }, (_, i) => {
    const n = String(first + i).padStart(9, '0');
    const [id, update] = [`inc${n}`, `upd${n}`];
    const notice = { ...NOTICE, id: `not${n}`, ref: id, update, created_at: START + first + i };
    return {
      incident: { ...INCIDENT, id },
      update: { ...UPDATE, id: update, incident: id },
      notice,
    };
  });
  return {
    incidents: several.map(({ incident }) => incident),
    updates: several.map(({ update }) => update),
    notices: several.map(({ notice }) => notice),
  };
}

/** A sender that answers as told and keeps what it got. */
export function scriptedSender(answer: (attempt: number) => SendResult, { shared = true } = {}) {
  const received: Parameters<Sender['send']>[0][] = [];
  const sender: Sender = {
    shared,
    async send(message) {
      received.push(message);
      return answer(received.length);
    },
  };
  return { sender, received };
}
