import { INCIDENT_NOTICES } from '../../../model/incident/life-cycle.ts';
import type { AffectedComponent, Incident, UpdateCode } from '../../../model/incident.ts';
import type { Subscriber } from '../../../model/subscription.ts';
import { LOCALES } from '../../../model/vocabulary.ts';
import type { Recording } from '../../../store/record.ts';
import type { Store } from '../../../store/store.ts';
import { alert, incident, subscriber } from '../../model/builders.ts';

/**
 * Writes what there is to tell, as collector and page do: incidents with their stories, alerts,
 * storms of both, strangers who sign up and never confirm.
 */

const INCIDENT_EVERY_MS = 2_000;
const ALERT_EVERY_MS = 2_500;
const STRANGER_EVERY_MS = 4_000;
/** Mails date their notice by the second. */
const LEAST_APART_MS = 1_100;
const MOST_APART_MS = 4_000;
/** Incidents that begin at once; the first half of them for one declared cause. */
const STORM = 30;
const ALERTS_AT_ONCE = 6;
const AGAIN_AFTER_MS = 200;
/** While more waits to be told nothing new begins, or a slow machine would never come to an end. */
const MOST_WAITING = 200;

const COMPONENTS = ['beijing.download', 'beijing.query', 'pinduoduo.upload'] as const;
type Component = (typeof COMPONENTS)[number];

const STORIES: readonly (readonly UpdateCode[])[] = [
  ['opened', 'resolved'],
  ['opened', 'worse', 'resolved'],
  ['opened', 'text', 'resolved'],
  ['opened', 'text', 'worse', 'resolved'],
];

export interface Teller {
  /** A storm of incidents, and of alerts. */
  storm(): void;
  /** When an incident began; null: it is none. */
  startOf(ref: string): number | null;
  /** Nothing new begins; settles when every story has been told to its end. */
  stop(): Promise<void>;
}

export function startTeller(store: Store, random: () => number): Teller {
  const started = new Map<string, number>();
  const stories = new Set<Promise<void>>();
  const serials = { incident: 0, alert: 0, stranger: 0, notice: 0 };
  let is_stopping = false;
  const timers = [
    every(INCIDENT_EVERY_MS, () => incidentStory([beginning()])),
    every(ALERT_EVERY_MS, () => alertStory(random() < 0.2 ? ALERTS_AT_ONCE : 1)),
    every(STRANGER_EVERY_MS, stranger),
  ];

  function every(ms: number, story: () => Promise<void>): NodeJS.Timeout {
    return setInterval(() => {
      void isBusy().then((is_busy) => {
        if (!is_busy && !is_stopping) begin(story());
      });
    }, ms);
  }

  async function isBusy(): Promise<boolean> {
    try {
      const waiting = await store.pendingDeliveries();
      return waiting.reduce((sum, { count }) => sum + count, 0) > MOST_WAITING;
    } catch {
      return true;
    }
  }

  function begin(story: Promise<void>): void {
    const told = story.finally(() => stories.delete(told));
    stories.add(told);
  }

  /** One that is over only when it is written: the disk may be full meanwhile. */
  async function write(operation: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await operation();
      } catch {
        await sleep(AGAIN_AFTER_MS);
      }
    }
  }

  const record = (recording: Recording) => write(() => store.record(recording));
  const pause = () => sleep(LEAST_APART_MS + random() * (MOST_APART_MS - LEAST_APART_MS));
  const nextId = (of: keyof typeof serials, word: string) => {
    serials[of] += 1;
    return `${word}${String(serials[of]).padStart(12 - word.length, '0')}`;
  };

  function beginning(cause: string | null = null): Incident {
    const id = nextId('incident', 'inc');
    const component = COMPONENTS[serials.incident % COMPONENTS.length] ?? COMPONENTS[0];
    const [system = '', fn] = component.split('.');
    const now = Date.now();
    started.set(id, now);
    return incident({
      id,
      system,
      functions: [fn as 'download'],
      components: [component],
      started_at: now,
      created_at: now,
      updated_at: now,
      cause,
    });
  }

  /** Incidents that have one story, told at the same time. */
  async function incidentStory(begun: readonly Incident[]): Promise<void> {
    const story = STORIES[serials.incident % STORIES.length] ?? [];
    for (const code of story) {
      const now = Date.now();
      const is_over = code === 'resolved';
      const told = begun.map((it) => ({
        incident: {
          ...it,
          status: is_over ? ('resolved' as const) : it.status,
          updated_at: now,
          ...(is_over ? { monitoring_at: now, resolved_at: now } : {}),
        },
        update: updateOf(it, code, now),
        notice: {
          id: nextId('notice', 'not'),
          kind: INCIDENT_NOTICES[code],
          ref: it.id,
          update: `${code}-${it.id}`,
          created_at: now,
        },
      }));
      await record({
        incidents: told.map((it) => it.incident),
        updates: told.map((it) => it.update),
        notices: told.map((it) => it.notice),
      });
      if (!is_over) await pause();
    }
  }

  async function alertStory(count: number): Promise<void> {
    const now = Date.now();
    const open = Array.from({ length: count }, () => {
      const id = nextId('alert', 'alert');
      return alert({ id, kind: 'neutral', subject: id, state: null, since: now, opened_at: now });
    });
    const notices = (kind: 'alert_opened' | 'alert_resolved', created_at: number) =>
      open.map(({ id: ref }) => ({
        id: nextId('notice', 'not'),
        kind,
        ref,
        update: null,
        created_at,
      }));
    await record({ alerts: open, notices: notices('alert_opened', now) });
    await pause();
    const over = Date.now();
    const ended = { resolved_at: over, resolved_since: over };
    await record({
      alerts: open.map((it) => ({ ...it, ...ended })),
      notices: notices('alert_resolved', over),
    });
  }

  async function stranger(): Promise<void> {
    const id = nextId('stranger', 'str');
    const asked = subscriber({
      id,
      address: `stranger-${id}@example.net`,
      locale: LOCALES[serials.stranger % LOCALES.length] ?? 'en',
      status: 'pending',
      confirmed_at: null,
      created_at: Date.now(),
    });
    await ask(asked, nextId('notice', 'not'));
  }

  async function ask(asked: Subscriber, id: string): Promise<void> {
    const { created_at } = asked;
    const notice = { id, kind: 'subscription_requested', update: null, created_at } as const;
    await write(() => store.subscribe(asked, notice));
  }

  return {
    storm() {
      const first = beginning();
      const others = Array.from({ length: STORM - 1 }, (_, n) =>
        beginning(n < STORM / 2 ? first.id : null),
      );
      begin(incidentStory([first, ...others]));
      begin(alertStory(ALERTS_AT_ONCE));
    },
    startOf: (ref) => started.get(ref) ?? null,
    async stop() {
      is_stopping = true;
      for (const timer of timers) clearInterval(timer);
      while (stories.size > 0) await Promise.all(stories);
    },
  };
}

function updateOf({ id, components: [component = ''] }: Incident, code: UpdateCode, now: number) {
  return {
    id: `${code}-${id}`,
    incident: id,
    status: code === 'resolved' ? ('resolved' as const) : ('investigating' as const),
    code,
    text: code === 'text' ? `words-${Number(id.slice(3))}-` : null,
    affected: affectedBy(component as Component, code),
    told: true,
    created_at: now,
  };
}

function affectedBy(component: Component, code: UpdateCode): AffectedComponent[] {
  switch (code) {
    case 'opened':
      return [{ component, from: 'operational', to: 'partial_outage' }];
    case 'worse':
      return [{ component, from: 'partial_outage', to: 'major_outage' }];
    case 'resolved':
      return [{ component, from: 'partial_outage', to: 'operational' }];
    default:
      return [];
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
