import { startWebhookReceiver } from '../../../channels/webhook/simulator.ts';

/** What outsiders were told: acknowledgements, which nothing that happens to us may undo. */
export interface Witness {
  /** Numbers of invoices whose event was acknowledged. */
  events: Set<string>;
  /** How long each of them took, which is different of each. */
  durations: Set<string>;
  /** Ids of maintenances whose draft was acknowledged. */
  maintenances: Set<string>;
  /** What the operators' receiver has taken, by the ids of deliveries. */
  deliveries(): Map<string, TakenAlert>;
  /** Every message that it has taken, repeated ones too, in order. */
  messages(): TakenMessage[];
  /** `host:port` of the operators' receiver. */
  host: string;
  /** Where the installation is now; null while there is none. */
  visit(site: Site | null): void;
  stop(): Promise<void>;
}

/** The alert that a delivery told of. */
export interface TakenAlert {
  id: string;
  kind: string;
  subject: string;
}

export interface TakenMessage {
  /** Of the delivery. */
  id: string;
  /** `alert.opened` */
  type: string;
  alert: TakenAlert;
}

export interface Site {
  ingest: string;
  page: string;
  admin_token: string;
}

export const INGEST_TOKEN = 'a-token-that-nobody-guesses';
const EVENT_DISTANCE_MS = 250;
const MAINTENANCE_DISTANCE_MS = 300;
const ANSWER_LIMIT_MS = 20_000;

/** Posts events and drafts maintenances for as long as it lives. */
export async function startWitness(): Promise<Witness> {
  const receiver = await startWebhookReceiver();
  const events = new Set<string>();
  const durations = new Set<string>();
  const maintenances = new Set<string>();
  let site: Site | null = null;
  let stopped = false;
  let serial = 0;

  /** An event is posted again until it is acknowledged, as its sender would. */
  async function postEvent(): Promise<void> {
    serial += 1;
    const number = `26${String(serial).padStart(18, '0')}`;
    const at = new Date().toISOString();
    const event = { key: `key-${serial}`, system: 'erp', type: 'accepted', number };
    const duration_ms = serial;
    const body = JSON.stringify({ ...event, issued: '20260105093000', at, duration_ms });
    while (!stopped) {
      const answer = site && (await post(`${site.ingest}/ingest/events`, INGEST_TOKEN, body));
      if (answer?.status === 200) {
        events.add(number);
        durations.add(String(duration_ms));
        return;
      }
      await sleep(EVENT_DISTANCE_MS);
    }
  }

  async function draft(): Promise<void> {
    const from = Date.now() + 1_000_000_000;
    const at = (ms: number) => new Date(ms).toISOString();
    const text = { 'zh-CN': '升级', en: 'Upgrade' };
    const body = JSON.stringify({
      components: ['beijing.download'],
      texts: { title: text, description: text, stays_open: text },
      announced_from: at(from),
      announced_until: at(from + 60_000),
      expected_recovery_at: at(from + 60_000),
      announce: false,
    });
    const answer = site && (await post(`${site.page}/api/v1/maintenances`, site.admin_token, body));
    if (answer?.ok) maintenances.add((JSON.parse(answer.text) as { id: string }).id);
  }

  function taken(): TakenMessage[] {
    return receiver.received.map(({ headers, body }) => {
      const { type, data } = JSON.parse(body) as { type: string; data: { alert: TakenAlert } };
      return { id: headers['webhook-id'] ?? '', type, alert: data.alert };
    });
  }

  async function repeat(work: () => Promise<void>, distance_ms: number): Promise<void> {
    while (!stopped) {
      await work();
      await sleep(distance_ms);
    }
  }

  const loops = [repeat(postEvent, EVENT_DISTANCE_MS), repeat(draft, MAINTENANCE_DISTANCE_MS)];
  return {
    events,
    durations,
    maintenances,
    deliveries: () => new Map(taken().map(({ id, alert }) => [id, alert])),
    messages: taken,
    host: receiver.host,
    visit(next) {
      site = next;
    },
    async stop() {
      stopped = true;
      await Promise.all(loops);
      receiver.stop();
    },
  };
}

/** Null when there was no answer. */
async function post(url: string, token: string, body: string) {
  const type = url.includes('/ingest/') ? 'application/x-ndjson' : 'application/json';
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body,
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    return { status: answer.status, ok: answer.ok, text: await answer.text() };
  } catch {
    return null;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
