import type { NoticeScope } from '../../model/audience.ts';
import { NUMBERS } from '../../model/numbers.ts';
import type { EpochMs } from '../../model/vocabulary.ts';
import type { Db } from '../rows/schema.ts';
import { inChunks } from '../rows/values.ts';

export interface DigestRules {
  channels: readonly string[];
  /** For so long alerts wait for each other after the first, which goes at once. */
  alerts_ms: number;
}

interface Recipient {
  id: string;
  channel: string;
}

/** What a delivery may be told together with. */
export interface Together {
  digest: string;
  channels: readonly string[];
  /** For so long others wait after one that went at once. */
  window_ms: number;
  /** Whether there are others at all. */
  holds: boolean;
}

/** Alerts are told together, and incidents that began together for a declared common cause. */
export async function togetherOf(
  db: Db,
  { subject, ref }: Pick<NoticeScope, 'subject' | 'ref'>,
  { channels, alerts_ms }: DigestRules,
): Promise<Together | null> {
  if (subject === 'alert') return { digest: 'alerts', channels, window_ms: alerts_ms, holds: true };
  if (subject !== 'incident') return null;
  const row = await db
    .selectFrom('incident')
    .select([
      'cause',
      ({ exists, selectFrom }) =>
        exists(
          selectFrom('incident as other').select('other.id').where('other.cause', '=', ref),
        ).as('has_others'),
    ])
    .where('id', '=', ref)
    .executeTakeFirst();
  if (row === undefined) return null;
  const holds = row.cause !== null || Boolean(row.has_others);
  return { digest: row.cause ?? ref, channels, window_ms: NUMBERS.incident.common_cause_ms, holds };
}

type Due = (recipient: Recipient) => {
  due_at: EpochMs;
  digest: string | null;
  digest_until: EpochMs | null;
};

/** The first goes at once; what comes within the time after it waits for its end. */
export async function dueTogether(
  db: Db,
  together: Together | null,
  { recipients, now }: { recipients: readonly Recipient[]; now: EpochMs },
): Promise<Due> {
  const waits = together?.holds
    ? await readWaits(db, together, { recipients, now })
    : new Map<string, EpochMs>();
  return ({ id, channel }) => {
    if (together === null || !together.channels.includes(channel))
      return { due_at: now, digest: null, digest_until: null };
    const { digest, window_ms } = together;
    const until = waits.get(`${channel} ${id}`);
    return until === undefined
      ? { due_at: now, digest, digest_until: now + window_ms }
      : { due_at: until, digest, digest_until: until };
  };
}

/** By channel and id, until when those who were told one lately wait for the others. */
async function readWaits(
  db: Db,
  { digest, window_ms }: Together,
  { recipients, now }: { recipients: readonly Recipient[]; now: EpochMs },
): Promise<Map<string, EpochMs>> {
  const waits = new Map<string, EpochMs>();
  for (const some of inChunks(recipients)) {
    const ids = some.map(({ id }) => id);
    const rows = await db
      .selectFrom('delivery')
      .select(({ fn }) => ['channel', 'recipient', fn.max('digest_until').as('until')])
      .where('recipient', 'in', ids)
      .where('digest', '=', digest)
      .where('digest_until', '>', now)
      // Of a clock that was ahead.
      .where('digest_until', '<=', now + window_ms)
      .groupBy(['channel', 'recipient'])
      .execute();
    for (const { channel, recipient, until } of rows)
      if (until !== null) waits.set(`${channel} ${recipient}`, until);
  }
  return waits;
}
