import type { Incident, IncidentUpdate } from '../model/incident.ts';
import type { InvoiceFunction, Localized } from '../model/vocabulary.ts';
import type { PageWords } from './words.ts';

/** An incident's title: 北京电子发票系统:下载中断. */
export function incidentTitle(
  incident: Pick<Incident, 'title' | 'functions'>,
  system_name: Localized,
  words: PageWords,
): string {
  return words.text(`incident.title.${incident.title}`, {
    system: words.name(system_name),
    functions: words.list(incident.functions.map((fn) => words.text(`function.${fn}`))),
  });
}

/** The text of an update: a person's own, or the rendered code with the affected components. */
export function updateBody(update: IncidentUpdate, words: PageWords): string {
  if (update.code === 'text') return update.text ?? '';
  const changes = update.affected.map(({ component, from, to }) =>
    words.text('update.affected', {
      function: words.text(`function.${functionOf(component)}`),
      from: words.text(`state.${from}`),
      to: words.text(`state.${to}`),
    }),
  );
  const affected = changes.length > 0 ? words.list(changes) : words.text('update.nothing_affected');
  return words.text(`update.${update.code}`, { affected });
}

/** A component's id ends with its function. */
export function functionOf(component: string): InvoiceFunction {
  return component.slice(component.lastIndexOf('.') + 1) as InvoiceFunction;
}
