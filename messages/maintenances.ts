import { type TimedMaintenance, toldStatus, toldTime } from '../model/maintenance/as-told.ts';
import type { Accounting } from '../model/maintenance/excluded.ts';
import { MAINTENANCE_PHASES } from '../model/maintenance/life-cycle.ts';
import type { Maintenance, MaintenanceUpdate } from '../model/maintenance.ts';
import type { SystemScopeView } from '../model/overview.ts';
import type { ComponentId, EpochMs, Localized } from '../model/vocabulary.ts';
import type { PageWords } from './words.ts';

/** The functions of one system in scope of a maintenance. */
export type SystemScope = Pick<SystemScopeView, 'system_name' | 'functions'>;

/** 北京电子发票：查询、下载；拼多多发票：上传 */
export function scopeText(scope: readonly SystemScope[], words: PageWords): string {
  return scope
    .map(({ system_name, functions }) =>
      words.text('maintenance.scope_of', {
        system: words.name(system_name),
        functions: words.list(functions.map((fn) => words.text(`function.${fn}`))),
      }),
    )
    .join(words.text('maintenance.scope_separator'));
}

/** Its status in words: 维护中. */
export function maintenanceStatus(
  maintenance: Pick<Maintenance, 'status' | 'actual_from'>,
  { text }: PageWords,
): string {
  return text(`maintenance_status.${toldStatus(maintenance)}`);
}

/** The status that an update told of. */
export function maintenanceUpdateStatus(
  { status }: Pick<MaintenanceUpdate, 'status'>,
  { actual_from }: Pick<Maintenance, 'actual_from'>,
  words: PageWords,
): string {
  return maintenanceStatus({ status, actual_from }, words);
}

/**
 * When it is, or was: 11月22日周日 22:00 – 23:00; 20:37 开始（原定 周日 22:00 – 23:00）. With the
 * zone's name where it is read elsewhere.
 */
export function maintenanceTime(
  maintenance: TimedMaintenance,
  words: PageWords,
  { in_zone = false } = {},
): string {
  const { text } = words;
  const told = toldTime(maintenance);
  const period = in_zone ? words.periodInZone : words.period;
  switch (told.is) {
    case 'announced':
      return period(told.from, told.until);
    case 'cancelled':
      return text('maintenance_time.planned', { period: period(told.from, told.until) });
    case 'overrun':
      return text('maintenance_time.overrun', {
        from: instant(told.from),
        until: words.appointment(told.until),
      });
    case 'under_way': {
      if (told.announced === null) return period(told.from, told.until);
      const { from, until } = told.announced;
      const planned = words.period(from, until);
      return text('maintenance_time.began', { from: instant(told.from), period: planned });
    }
    case 'over': {
      const is = period(told.from, told.until);
      if (told.announced === null) return is;
      const { from, until } = told.announced;
      return text('maintenance_time.otherwise', { is, period: words.period(from, until) });
    }
  }

  function instant(at: EpochMs): string {
    const time = words.appointment(at);
    return in_zone ? text('text.with_aside', { text: time, aside: words.zoneName(at) }) : time;
  }
}

/** The facts of a maintenance with their labels; facts that are not given are omitted. */
export function maintenanceFacts(
  maintenance: TimedMaintenance & Pick<Maintenance, 'texts' | 'expected_recovery_at'>,
  scope: readonly SystemScope[],
  words: PageWords,
): { term: string; text: string }[] {
  const { texts, expected_recovery_at } = maintenance;
  const facts = [
    ['scope', scopeText(scope, words)],
    ['time', maintenanceTime(maintenance, words, { in_zone: true })],
    [recoveryTerm(maintenance, words), words.appointment(expected_recovery_at)],
    ['stays_open', texts.stays_open && words.name(texts.stays_open)],
    ['workaround', texts.workaround && words.name(texts.workaround)],
  ] as const;
  return facts.flatMap(([key, text]) =>
    text ? [{ term: words.text(`maintenance.${key}`), text }] : [],
  );
}

/** How its time counts; names the functions that are excused where these are not all. */
export function accountingText(
  { components, notice_ms }: Pick<Maintenance, 'components' | 'notice_ms'>,
  { excluded, because }: Accounting,
  scopeOf: (components: readonly ComponentId[]) => readonly SystemScope[],
  words: PageWords,
): string {
  if (excluded === null)
    return words.text(`maintenance.${because}`, { notice: words.duration(notice_ms) });
  const period = words.period(excluded.from, excluded.to);
  if (components.every((it) => excluded.components.includes(it)))
    return words.text('maintenance.excluded', { period });
  const scope = scopeText(scopeOf(excluded.components), words);
  return words.text('maintenance.excluded_in_part', { period, scope });
}

/** The announced recovery is labelled as past once its time is, or nobody waits for it. */
export function recoveryTerm(
  { status, expected_recovery_at }: Pick<Maintenance, 'status' | 'expected_recovery_at'>,
  words: PageWords,
): 'recovery' | 'recovery_was' {
  const is_past = MAINTENANCE_PHASES[status] === 'over' || words.hasPassed(expected_recovery_at);
  return is_past ? 'recovery_was' : 'recovery';
}

/**
 * The text of an update: the rendered code, then a person's text, if any. Contains no times,
 * because they may change.
 */
export function maintenanceUpdateBody(
  { code, text }: Pick<MaintenanceUpdate, 'code' | 'text'>,
  words: PageWords,
): string {
  const comment = text ? words.name(text) : '';
  if (code === 'text') return comment;
  const body = words.text(`maintenance_update.${code}`);
  return comment === '' ? body : `${body}${words.text('sentence.separator')}${comment}`;
}

/** Context of the chat text of a maintenance. */
export interface ChatContext {
  scope: readonly SystemScope[];
  /** URL of the public page. */
  url: string;
  operator: Localized;
}

/** A maintenance as plain text for chats, complete without the page. */
export function maintenanceChatText(
  maintenance: Maintenance,
  { scope, url, operator }: ChatContext,
  short_words: PageWords,
): string {
  const { texts } = maintenance;
  const words = short_words.inFull();
  return [
    words.text('maintenance.chat_title', {
      status: maintenanceStatus(maintenance, words),
      title: words.name(texts.title),
    }),
    words.name(texts.description),
    ...maintenanceFacts(maintenance, scope, words).map(({ term, text }) =>
      words.text('maintenance.fact', { term, text }),
    ),
    words.text('maintenance.fact', { term: words.text('maintenance.progress'), text: url }),
    words.text('page.unofficial', { operator: words.name(operator) }),
  ].join('\n');
}
