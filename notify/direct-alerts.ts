import type { Payload } from '../channels/kit/message.ts';
import type { Sender } from '../channels/kit/sender.ts';
import type { Alert } from '../model/alert.ts';
import type { NoticeKind } from '../model/notice.ts';
import type { Clock, Log } from '../model/ports.ts';
import type { ProcessTrouble } from '../model/process-trouble.ts';
import { MINUTE, SECOND } from '../model/time.ts';
import type { OperatorKey } from '../store/ports/fan-out.ts';
import type { Recipients } from './recipients.ts';

/** A process that is not ready for so long is told; a crash loop is told at once. */
const TELL_AFTER_MS = MINUTE;
/** Attempts to reach an operator by one message, and their distance. */
const ATTEMPTS = 5;
const ATTEMPT_EVERY_MS = 30 * SECOND;

export interface DirectAlertsParts {
  /** What the supervisor knows of its processes. */
  troubles(): readonly ProcessTrouble[];
  recipients: Pick<Recipients, 'operators' | 'find'>;
  senders: Readonly<Record<string, Sender>>;
  newId: () => string;
  clock: Clock;
  log: Log;
}

/** What is told of one trouble, and to whom it still must be. */
interface Told {
  alert: Alert;
  kind: NoticeKind;
  waiting: { operator: OperatorKey; attempts: number; next_at: number; delivery_id: string }[];
}

/**
 * Tells operators of trouble that cannot be recorded: a process that ends again and again, or one
 * that cannot do its work, such as a collector whose disk is full. Everything is in this process's
 * memory, at most one matter per process and kind; nothing is read from the database or written.
 * The returned function is to be called every few seconds.
 */
export function createDirectAlerts(parts: DirectAlertsParts): () => Promise<void> {
  const { recipients, senders, newId, clock, log } = parts;
  const open = new Map<string, Told>();

  return async () => {
    const now = clock.now();
    const lasting = new Map(
      parts.troubles().flatMap((it) => (isTold(it, now) ? [[keyOf(it), it] as const] : [])),
    );
    for (const [key, trouble] of lasting) {
      if (!open.has(key)) open.set(key, begun('alert_opened', newAlert(trouble, now)));
    }
    for (const [key, told] of open) {
      if (!lasting.has(key) && told.kind === 'alert_opened')
        open.set(key, begun('alert_resolved', ended(told.alert, now)));
      await tell(open.get(key) ?? told);
      if (isDone(open.get(key))) open.delete(key);
    }
  };

  function begun(kind: NoticeKind, alert: Alert): Told {
    log.warn({ kind, subject: alert.subject, detail: alert.error }, 'telling operators directly');
    const next_at = clock.monotonic();
    const waiting = recipients.operators.map((operator) => ({
      operator,
      attempts: 0,
      next_at,
      delivery_id: newId(),
    }));
    return { alert, kind, waiting };
  }

  async function tell(told: Told): Promise<void> {
    const due = told.waiting.filter(({ next_at }) => next_at <= clock.monotonic());
    await Promise.all(
      due.map(async (it) => {
        it.attempts++;
        it.next_at = clock.monotonic() + ATTEMPT_EVERY_MS;
        const is_over = await send(told, it.operator, it.delivery_id);
        if (is_over || it.attempts >= ATTEMPTS)
          told.waiting = told.waiting.filter((other) => other !== it);
      }),
    );
  }

  /** Whether it was sent, or never will be. */
  async function send({ alert, kind }: Told, operator: OperatorKey, id: string): Promise<boolean> {
    const sender = senders[operator.channel];
    const to = await recipients.find(operator);
    if (!sender || !to) return true;
    const notice = { id, kind, ref: alert.id, update: null, created_at: clock.now() };
    const payload: Payload = { subject: 'alert', alert, recorded: false };
    try {
      const outcome = await sender.send({ delivery_id: id, notice, payload, to });
      if (outcome.result === 'sent') return true;
      log.warn({ channel: operator.channel, error: outcome.error }, 'direct alert not sent');
      return outcome.result === 'never_again';
    } catch (err) {
      log.warn({ channel: operator.channel, err }, 'direct alert not sent');
      return false;
    }
  }

  function newAlert({ process, since, detail }: ProcessTrouble, opened_at: number): Alert {
    return {
      id: newId(),
      kind: 'own',
      subject: 'machine',
      state: null,
      notes: [],
      error: `${process}: ${detail}`,
      incident: null,
      since,
      opened_at,
      acknowledged_at: null,
      resolved_at: null,
      resolved_since: null,
    };
  }
}

function isTold({ kind, since }: ProcessTrouble, now: number): boolean {
  return kind === 'crashing' || now - since >= TELL_AFTER_MS;
}

function keyOf({ process, kind }: ProcessTrouble): string {
  return `${process} ${kind}`;
}

function ended(alert: Alert, now: number): Alert {
  return { ...alert, resolved_at: now, resolved_since: now };
}

/** Its end has been told to all who can be reached. */
function isDone(told: Told | undefined): boolean {
  return told?.kind === 'alert_resolved' && told.waiting.length === 0;
}
