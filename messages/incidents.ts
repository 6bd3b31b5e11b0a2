import type { Incident, IncidentStatus, IncidentUpdate, UpdateCode } from '../model/incident.ts';
import type { BadTime } from '../model/ledger.ts';
import type { EpochMs, InvoiceFunction, Localized, State } from '../model/vocabulary.ts';
import { lengthText } from './lasted.ts';
import { claimText } from './why.ts';
import type { PageWords } from './words.ts';

/** Display names in an incident. */
export interface IncidentNames {
  system_name: Localized;
  /** Of the only line that it was seen from; null when it is not said. */
  line_name: Localized | null;
}

interface Titled extends Pick<Incident, 'title' | 'functions' | 'maybe_our_line'> {
  status: IncidentStatus;
  /** By the ledger; null: it knows of nothing. */
  bad_time: BadTime | null;
  /** When what was told of it was corrected last. */
  corrected_at?: EpochMs | null;
  /** Nothing in it is known to fail, but a function is unknown. */
  unclear?: boolean;
}

/** Statuses in which all of it was measured to be well. */
const OVER: readonly IncidentStatus[] = ['monitoring', 'resolved', 'postmortem'];

/**
 * An incident's title, with what limits it: 北京电子发票系统：下载中断（从 电信 测）; once it is over in
 * the past tense, with its length: 下载曾中断 1 分 36 秒. While it is not known whether it is over,
 * neither is said: 下载曾中断，现在情况不明.
 */
export function incidentTitle(incident: Titled, names: IncidentNames, words: PageWords): string {
  const told: Named = {
    system: words.name(names.system_name),
    functions: words.list(incident.functions.map((fn) => words.text(`function.${fn}`))),
  };
  const title = titleNow(incident, told, words);
  const seen_from = names.line_name === null ? null : words.name(names.line_name);
  return claimText(title, { maybe_our_line: incident.maybe_our_line, seen_from }, words);
}

type Named = Record<'system' | 'functions', string>;

function titleNow(incident: Titled, told: Named, words: PageWords): string {
  const { bad_time, corrected_at = null } = incident;
  // What was told of it is taken back.
  if (bad_time === null && corrected_at !== null) return words.text('incident.withdrawn', told);
  if (incident.unclear) return words.text(`incident.unclear.${incident.title}`, told);
  return OVER.includes(incident.status)
    ? titleAfterwards(incident, told, words)
    : words.text(`incident.title.${incident.title}`, told);
}

/** A length is that of an outage only where it was nothing less meanwhile. */
function titleAfterwards({ title, bad_time }: Titled, told: Named, words: PageWords): string {
  const [worst, less] = bad_time?.states ?? [];
  const is_length_of = worst === STATE_OF_TITLE[title] && less === undefined;
  if (bad_time === null || !is_length_of || bad_time.end === 'lasting')
    return words.text(`incident.was.${title}`, told);
  const { parts, end } = bad_time;
  const has_one_length = parts === 1 && end === 'seen';
  return has_one_length
    ? words.text(`incident.was_for.${title}`, { ...told, duration: lengthText(bad_time, words) })
    : words.text('text.with_aside', {
        text: words.text(`incident.was.${title}`, told),
        aside: lengthText(bad_time, words),
      });
}

const STATE_OF_TITLE: Record<Incident['title'], State> = {
  outage: 'major_outage',
  partial_outage: 'partial_outage',
  degraded: 'degraded_performance',
};

/** Codes of updates that say that something is disturbed. */
const DISTURBING: readonly UpdateCode[] = ['opened', 'joined', 'worse', 'reopened'];

/** The text of an update: a person's own, or the rendered code with the affected components. */
export function updateBody(
  update: IncidentUpdate,
  { maybe_our_line, bad_time }: Pick<Titled, 'maybe_our_line' | 'bad_time'>,
  words: PageWords,
): string {
  if (update.code === 'text') return update.text ?? '';
  const changes = update.affected.map(({ component, from, to }) =>
    words.text('update.affected', {
      function: words.text(`function.${functionOf(component)}`),
      from: words.text(`state.${from}`),
      to: words.text(`state.${to}`),
    }),
  );
  const affected = changes.length > 0 ? words.list(changes) : words.text('update.nothing_affected');
  const body = words.text(`update.${update.code}`, { affected });
  const more = [
    ...(maybe_our_line && DISTURBING.includes(update.code)
      ? [words.text('update.maybe_our_line')]
      : []),
    ...(update.code === 'resolved' && bad_time !== null && bad_time.end !== 'lasting'
      ? [words.text('update.length', { length: lengthText(bad_time, words) })]
      : []),
  ];
  return [body, ...more].join(words.text('sentence.separator'));
}

/** That what is told of it now was told otherwise before; null: it was not. */
export function correctionText(at: EpochMs | null, words: PageWords): string | null {
  return at === null ? null : words.text('incident.corrected', { time: words.dateTime(at) });
}

/** A component's id ends with its function. */
export function functionOf(component: string): InvoiceFunction {
  return component.slice(component.lastIndexOf('.') + 1) as InvoiceFunction;
}
