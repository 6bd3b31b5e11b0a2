import type { Maintenance, MaintenanceStatus, MaintenanceUpdate } from '../model/maintenance.ts';
import type { SystemScopeView } from '../model/overview.ts';
import type { Localized } from '../model/vocabulary.ts';
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

/** The announced facts of a maintenance with their labels; facts that are not given are omitted. */
export function maintenanceFacts(
  maintenance: Pick<
    Maintenance,
    'status' | 'texts' | 'announced_from' | 'announced_until' | 'expected_recovery_at'
  >,
  scope: readonly SystemScope[],
  words: PageWords,
): { term: string; text: string }[] {
  const { status, texts, announced_from, announced_until, expected_recovery_at } = maintenance;
  const facts = [
    ['scope', scopeText(scope, words)],
    ['time', words.periodInZone(announced_from, announced_until)],
    [recoveryTerm(status), words.appointment(expected_recovery_at)],
    ['stays_open', texts.stays_open && words.name(texts.stays_open)],
    ['workaround', texts.workaround && words.name(texts.workaround)],
  ] as const;
  return facts.flatMap(([key, text]) =>
    text ? [{ term: words.text(`maintenance.${key}`), text }] : [],
  );
}

/** After an overrun the announced recovery is labelled as past. */
export function recoveryTerm(status: MaintenanceStatus): 'recovery' | 'recovery_was' {
  return status === 'overrun' ? 'recovery_was' : 'recovery';
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
  const { texts, status } = maintenance;
  const words = short_words.inFull();
  return [
    words.text('maintenance.chat_title', {
      status: words.text(`maintenance_status.${status}`),
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
