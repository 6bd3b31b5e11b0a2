import PostalMime from 'postal-mime';
import type { Told } from './told.ts';

/** What a mail or a webhook says, read as its receiver reads it. */

/** What a mail is, by what can be seen of it. */
export interface Letter {
  id: string;
  tells: Told[];
  kind: 'several' | 'a confirmation' | 'other';
}

/** Between the matters of one mail. */
const BETWEEN = /\n\* \* \*\n/;
const OVER = /^(?:【(?:已解决|告警解除|解決済み|アラートの解除)】|\[(?:Resolved|Alert resolved)\])/;
const ALERT = /^(?:【(?:告警|アラート)】|\[Alert\])/;
const MATTER = /incidents\/(inc\d{9})|\b(alert\d{7})\b/;
const WORDS = /words-\d+-/g;

/** `startOf`: when an incident began; null for what is none. */
export async function readLetter(
  raw: Buffer,
  { startOf }: Pick<Around, 'startOf'>,
): Promise<Letter> {
  const { messageId = '', text = '', references = '', date } = await PostalMime.parse(raw);
  const [whole = '', ...parts] = text.split(BETWEEN);
  const about = /<([^@>]+)@/.exec(references)?.[1] ?? '';
  const notice_at = parts.length === 0 ? Date.parse(date ?? '') : null;
  const tells = (parts.length === 0 ? [whole] : parts).map((part) =>
    toldIn(part.trim(), { about, notice_at, startOf }),
  );
  const is_confirmation = /\/subscription\/confirm\?/.test(text);
  return {
    id: messageId,
    tells,
    kind: parts.length > 0 ? 'several' : is_confirmation ? 'a confirmation' : 'other',
  };
}

interface Around {
  /** What the whole message is about, where it does not say so itself. */
  about: string;
  notice_at: number | null;
  startOf(ref: string): number | null;
}

function toldIn(part: string, { about, notice_at, startOf }: Around): Told {
  const [, incident, alert] = MATTER.exec(part) ?? [];
  const ref = incident ?? alert ?? (notice_at === null ? '' : about);
  const started_at = startOf(ref);
  return {
    ref,
    stage: OVER.test(part) ? 'over' : ALERT.test(part) ? 'begun' : null,
    notice_at,
    words: [...new Set(part.match(WORDS))],
    names_start: started_at !== null && part.includes(clockTime(started_at)),
  };
}

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
});

function clockTime(at: number): string {
  return CLOCK.format(at);
}

const STAGES: Record<string, Told['stage']> = {
  opened: 'begun',
  updated: 'changed',
  resolved: 'over',
};

interface Posted {
  type: string;
  timestamp: string;
  data: Record<string, { id: string; started_at?: string } | undefined>;
}

export function readWebhook(body: string, { about, startOf }: Omit<Around, 'notice_at'>): Told {
  const { type, timestamp, data } = JSON.parse(body) as Posted;
  const [subject = '', stage = ''] = type.split('.');
  const { id: ref = about, started_at } = data[subject] ?? {};
  return {
    ref,
    stage: STAGES[stage] ?? null,
    notice_at: Date.parse(timestamp),
    words: [...new Set(body.match(WORDS))],
    names_start: started_at !== undefined && Date.parse(started_at) === startOf(ref),
  };
}
