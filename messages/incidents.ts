import type { Incident, IncidentUpdate, UpdateCode } from '../model/incident.ts';
import type { InvoiceFunction, Localized } from '../model/vocabulary.ts';
import { claimText } from './why.ts';
import type { PageWords } from './words.ts';

/** Display names in an incident. */
export interface IncidentNames {
  system_name: Localized;
  /** Of the only line that it was seen from; null when it is not said. */
  line_name: Localized | null;
}

type Titled = Pick<Incident, 'title' | 'functions' | 'maybe_our_line'>;

/** An incident's title, with what limits it: 北京电子发票系统：下载中断（从 电信 测）. */
export function incidentTitle(incident: Titled, names: IncidentNames, words: PageWords): string {
  const title = words.text(`incident.title.${incident.title}`, {
    system: words.name(names.system_name),
    functions: words.list(incident.functions.map((fn) => words.text(`function.${fn}`))),
  });
  const seen_from = names.line_name === null ? null : words.name(names.line_name);
  return claimText(title, { maybe_our_line: incident.maybe_our_line, seen_from }, words);
}

/** Codes of updates that say that something is disturbed. */
const DISTURBING: readonly UpdateCode[] = ['opened', 'joined', 'worse', 'reopened'];

/** The text of an update: a person's own, or the rendered code with the affected components. */
export function updateBody(
  update: IncidentUpdate,
  { maybe_our_line }: Pick<Incident, 'maybe_our_line'>,
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
  return maybe_our_line && DISTURBING.includes(update.code)
    ? [body, words.text('update.maybe_our_line')].join(words.text('sentence.separator'))
    : body;
}

/** A component's id ends with its function. */
export function functionOf(component: string): InvoiceFunction {
  return component.slice(component.lastIndexOf('.') + 1) as InvoiceFunction;
}
