import { html, nothing, type TemplateResult } from 'lit';
import { functionClause, type Words } from '../../../messages/index.ts';
import { isAilment } from '../../../model/ailment.ts';
import type { AffectedFunction } from '../../../model/incident.ts';
import type { IncidentView } from '../../../model/overview.ts';

/** How each function of an incident is or was disturbed, from when to when, by the ledger. */
export function affectedFunctions(incident: IncidentView, words: Words) {
  const rows = incident.affected.flatMap((it) => affectedRow(it, incident, words));
  if (rows.length === 0) return nothing;
  return html`<section aria-labelledby="affected">
    <h2 id="affected">${words.text('incident.affected')}</h2>
    <ul>${rows}</ul>
  </section>`;
}

function affectedRow(
  affected: AffectedFunction,
  incident: IncidentView,
  words: Words,
): TemplateResult[] {
  const { bad_time } = affected;
  if (bad_time === null) return [];
  const what = functionClause(affected, incident, words);
  const from = words.dateTime(bad_time.from);
  // What fails again while it is watched has not ended.
  const to = isAilment(affected.now) ? null : bad_time.to;
  const text =
    to === null
      ? words.text('incident.span_since', { what, from })
      : words.text('incident.span', { what, from, to: words.dateTime(to) });
  return [html`<li>${text}</li>`];
}
