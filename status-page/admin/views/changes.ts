import { html, nothing } from 'lit';
import type { Words } from '../../../messages/index.ts';
import { changedFields, planValues } from '../../../model/maintenance/difference.ts';
import { planOf } from '../../../model/maintenance/plan.ts';
import type { Maintenance } from '../../../model/maintenance.ts';
import type { ReadVersion } from '../versions.ts';
import { fieldLabel } from './plan-problems.ts';
import { planValue, type ValueParts } from './values.ts';

/** What a maintenance says now where it said something else when a page was opened. */
export function changesSince(now: Maintenance, opened: ReadVersion | null, parts: ValueParts) {
  if (opened === null) return nothing;
  const { words } = parts;
  const fields = changedFields(opened.plan, planOf(now));
  const [before, after] = [planValues(opened.plan), planValues(planOf(now))];
  return html`${statusChange(now, opened, words)}${
    fields.length === 0
      ? nothing
      : html`<ul>${fields.map(
          (field) => html`<li><b>${fieldLabel(field, words)}</b>
            <s>${planValue(field, before[field], parts)}</s> →
            ${planValue(field, after[field], parts)}</li>`,
        )}</ul>`
  }`;
}

/** Says what its status was and is; nothing while it is the same. */
export function statusChange(now: Maintenance, opened: ReadVersion | null, words: Words) {
  if (opened === null || opened.status === now.status) return nothing;
  return html`<p>${words.text('difference.status', {
    seen: words.text(`maintenance_status.${opened.status}`),
    status: words.text(`maintenance_status.${now.status}`),
  })}</p>`;
}
