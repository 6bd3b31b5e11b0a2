import Database from 'better-sqlite3';
import { isStranger, NOBODY } from './mail-server.ts';
import { HOOK_OPERATOR, MAIL_OPERATOR, MAIL_READERS } from './site.ts';
import type { WrittenMatter } from './told.ts';

/** What was written to be told, read from the database itself. */

interface NoticeRow {
  kind: string;
  ref: string;
  at: number;
  words: string | null;
  started_at: number | null;
  alert_kind: string | null;
  address: string | null;
  channel: string | null;
  /** 1: a stranger's server deferred it, and is asked again much later. */
  is_put_off: number;
}

/** Strangers are asked three times, at last after half an hour; with a parameter, the time. */
const PUT_OFF = `notice.kind = 'subscription_requested' and delivery.status = 'pending'
  and delivery.attempts > 0 and delivery.due_at > ?`;

const NOTICES = `
  select notice.kind, notice.ref, notice.created_at as at, incident_update.text as words,
    incident.started_at, alert.kind as alert_kind, subscriber.address, subscriber.channel,
    exists(select 1 from delivery where delivery.notice = notice.id and ${PUT_OFF}) as is_put_off
  from notice
  left join incident_update on incident_update.id = notice.update_id
  left join incident on incident.id = notice.ref
  left join alert on alert.id = notice.ref
  left join subscriber on subscriber.id = notice.ref
  order by notice.seq`;

export interface WrittenParts {
  path: string;
  /** Readers with a webhook. */
  by_webhook: readonly string[];
}

export function readWritten({ path, by_webhook }: WrittenParts): WrittenMatter[] {
  const handle = new Database(path, { readonly: true });
  const rows = handle.prepare<[number], NoticeRow>(NOTICES).all(Date.now());
  handle.close();
  return [...Map.groupBy(rows, ({ ref }) => ref)].flatMap(([ref, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    return {
      ref,
      subject: first.kind.split('_')[0] ?? '',
      notices: own.map(({ kind, at, words }) => ({ kind, at, words })),
      started_at: first.started_at,
      audience: audienceOf(first, by_webhook),
      is_put_off: own.some(({ is_put_off }) => is_put_off === 1),
    };
  });
}

/** Nobody can be told who has no mailbox; of one whom we forgot, nobody knows. */
function audienceOf(
  { kind, ref, alert_kind, address, channel }: NoticeRow,
  hooks: readonly string[],
) {
  if (kind.startsWith('incident_')) {
    return [...Object.keys(MAIL_READERS).filter((it) => it !== NOBODY), ...hooks];
  }
  // Mails name the host, which is the alert's own; of a channel they name no alert.
  if (kind.startsWith('alert_')) {
    return alert_kind === 'neutral' ? [MAIL_OPERATOR, HOOK_OPERATOR] : [HOOK_OPERATOR];
  }
  if (address === null || address === NOBODY) return [];
  return [channel === 'webhook' ? ref : address];
}

/** How many wait to be sent to somebody, without strangers that are asked again after a time. */
export function countPending(path: string, after = Date.now()): number {
  const handle = new Database(path, { readonly: true });
  const count = handle
    .prepare<[number], number>(
      `select count(*) from delivery join notice on notice.id = delivery.notice
       where delivery.status = 'pending' and not (${PUT_OFF})`,
    )
    .pluck()
    .get(after);
  handle.close();
  return count ?? 0;
}

/** Mailboxes of those who never confirmed. */
export function strangersAmong(written: readonly WrittenMatter[]): number {
  return written.filter(({ audience: [who] }) => who !== undefined && isStranger(who)).length;
}
