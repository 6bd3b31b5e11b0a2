import { createHash } from 'node:crypto';
import type { Payload } from '../channels/kit/message.ts';
import type { Sender } from '../channels/kit/sender.ts';
import { type Alert, openedAlert } from '../model/alert.ts';
import type { NoticeKind } from '../model/notice.ts';
import { type OwnTrouble, ownSubject } from '../model/own-trouble.ts';
import type { Clock, Log } from '../model/ports.ts';
import { ownTroublesOf, type ProcessTrouble } from '../model/process-trouble.ts';
import { HOUR, SECOND } from '../model/time.ts';
import type { EpochMs } from '../model/vocabulary.ts';
import type { OperatorKey } from '../store/ports/fan-out.ts';
import type { Recipients } from './recipients.ts';

/** Attempts to reach an operator by one message, and their distance. */
const ATTEMPTS = 5;
const ATTEMPT_EVERY_MS = 30 * SECOND;
/** The last message has no later. */
const LAST_ATTEMPT_EVERY_MS = 3 * SECOND;
/** What was told is remembered so long, because it is recorded when it is over. */
const REMEMBERED_MS = HOUR;
/** Instants of one matter, as two processes see them. */
const SAME_MS = 30 * SECOND;

export interface DirectAlertsParts {
  /** What the supervisor knows of its processes. */
  troubles(): readonly ProcessTrouble[];
  recipients: Pick<Recipients, 'operators' | 'find'>;
  senders: Readonly<Record<string, Sender>>;
  /** Everybody has been told that everything ends, or cannot be. */
  onEndTold: () => void;
  clock: Clock;
  log: Log;
}

/** Tells operators of trouble that cannot be recorded. */
export interface DirectAlerts {
  /** Tells what is to be told now. To be called every second or so. */
  tell(): Promise<void>;
  /** Whether the operator was told of what this alert is about, when it could not be recorded. */
  hasTold(operator: Pick<OperatorKey, 'id'>, alert: Alert): boolean;
}

/** One matter: what is told of it, and to whom it still must be. */
interface Matter {
  alert: Alert;
  kind: Extract<NoticeKind, 'alert_opened' | 'alert_resolved'>;
  /** Operators who were told that it began. */
  told: Set<string>;
  waiting: Waiting[];
}

interface Waiting {
  operator: OperatorKey;
  attempts: number;
  next_at: number;
  delivery_id: string;
}

/**
 * A process that ends again and again, or that cannot do its work, because the disk is full or the
 * database is locked: one matter per cause, told when it begins and when it is over. Everything is
 * in this process's memory; nothing is read from the database or written.
 */
export function createDirectAlerts(parts: DirectAlertsParts): DirectAlerts {
  const { recipients, senders, clock, log } = parts;
  const open = new Map<string, Matter>();
  let over: Matter[] = [];

  return {
    async tell() {
      const now = clock.now();
      const lasting = new Map(
        ownTroublesOf(parts.troubles(), now).map((it) => [ownSubject(it), it]),
      );
      for (const [subject, trouble] of lasting)
        if (!open.has(subject)) open.set(subject, begun(trouble, now));
      for (const [subject, matter] of open) {
        const is_over = !lasting.has(subject) && matter.kind === 'alert_opened';
        const current = is_over ? ended(matter, now) : matter;
        open.set(subject, current);
        await send(current);
        if (current.waiting.length > 0) continue;
        if (subject === 'stopped') parts.onEndTold();
        if (current.kind === 'alert_resolved') forget(subject, current, now);
      }
    },
    hasTold: ({ id }, alert) =>
      [...open.values(), ...over].some((it) => it.told.has(id) && isSame(it.alert, alert)),
  };

  function begun(trouble: OwnTrouble, now: EpochMs): Matter {
    const subject = ownSubject(trouble);
    const alert = openedAlert({
      id: idOf(subject, trouble.since).slice(0, 12),
      kind: 'own',
      subject,
      error: trouble.detail,
      since: trouble.since,
      opened_at: now,
    });
    log.warn({ subject: alert.subject, detail: alert.error }, 'telling operators directly');
    const at_once = recipients.operators.filter((it) => !it.after_escalation);
    return { alert, kind: 'alert_opened', told: new Set(), waiting: all(at_once, alert.id) };
  }

  /** Those who never heard of it need not hear that it is over. */
  function ended({ alert, told }: Matter, now: EpochMs): Matter {
    log.warn({ subject: alert.subject }, 'telling operators directly that it is over');
    return {
      alert: { ...alert, resolved_at: now, resolved_since: now },
      kind: 'alert_resolved',
      told,
      waiting: all(
        recipients.operators.filter(({ id }) => told.has(id)),
        `over ${alert.id}`,
      ),
    };
  }

  function all(operators: readonly OperatorKey[], what: string): Waiting[] {
    const next_at = clock.monotonic();
    return operators.map((operator) => ({
      operator,
      attempts: 0,
      next_at,
      delivery_id: idOf(what, operator.channel, operator.id),
    }));
  }

  function forget(subject: string, matter: Matter, now: EpochMs): void {
    open.delete(subject);
    over = [...over, matter].filter(
      ({ alert }) => now - (alert.resolved_at ?? now) < REMEMBERED_MS,
    );
  }

  async function send(matter: Matter): Promise<void> {
    const due = matter.waiting.filter(({ next_at }) => next_at <= clock.monotonic());
    const is_last = matter.alert.subject === 'stopped';
    await Promise.all(
      due.map(async (it) => {
        it.attempts++;
        it.next_at = clock.monotonic() + (is_last ? LAST_ATTEMPT_EVERY_MS : ATTEMPT_EVERY_MS);
        const is_over = await sendTo(matter, it);
        if (is_over || it.attempts >= ATTEMPTS)
          matter.waiting = matter.waiting.filter((other) => other !== it);
      }),
    );
  }

  /** Whether it was sent, or never will be. */
  async function sendTo(matter: Matter, { operator, delivery_id }: Waiting): Promise<boolean> {
    const { alert, kind } = matter;
    const sender = senders[operator.channel];
    const to = await recipients.find(operator);
    if (!sender || !to) return true;
    const notice = { id: delivery_id, kind, ref: alert.id, update: null, created_at: clock.now() };
    const payload: Payload = {
      subject: 'alert',
      alert,
      recorded: false,
      bad_time: null,
      findings: null,
    };
    try {
      const outcome = await sender.send({ delivery_id, notice, payload, to });
      if (outcome.result === 'sent') {
        matter.told.add(operator.id);
        return true;
      }
      log.warn({ channel: operator.channel, error: outcome.error }, 'direct alert not sent');
      return outcome.result === 'never_again';
    } catch (err) {
      log.warn({ channel: operator.channel, err }, 'direct alert not sent');
      return false;
    }
  }
}

/** A notifier that was started again tells what lasts again: under the same id. */
function idOf(...of: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, 24);
}

/** A trouble that is recorded when it is over is the one that was told while it lasted. */
function isSame(told: Alert, recorded: Alert): boolean {
  const { kind, subject, since, opened_at, resolved_at, resolved_since } = recorded;
  if (kind !== 'own' || subject !== told.subject || resolved_at !== opened_at) return false;
  const from = told.since - SAME_MS;
  const until = (told.resolved_since ?? Number.MAX_SAFE_INTEGER) + SAME_MS;
  return since <= until && (resolved_since ?? since) >= from;
}
