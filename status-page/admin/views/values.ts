import { html, type TemplateResult } from 'lit';
import { scopeText, type Words } from '../../../messages/index.ts';
import type { PlanField, PlanValue } from '../../../model/maintenance/difference.ts';
import type { ComponentId } from '../../../model/vocabulary.ts';
import { chosenScope, type ScopeGroup } from '../../commands/scope.ts';
import { exactTimeText } from '../times.ts';

export interface ValueParts {
  groups: ScopeGroup[];
  zone: string;
  words: Words;
}

/** The value of a field of a plan, in words. */
export function planValue(
  field: PlanField,
  value: PlanValue,
  { groups, zone, words }: ValueParts,
): TemplateResult {
  const [, , locale] = field.split('.');
  const text =
    typeof value === 'number'
      ? exactTimeText(zone, value, words)
      : typeof value === 'string'
        ? value
        : functionsText(value, groups, words);
  if (text === '') return html`<span class="soft">${words.text('difference.empty')}</span>`;
  return locale === undefined
    ? html`<span>${text}</span>`
    : html`<span class="words" lang=${locale}>${text}</span>`;
}

/** The functions by name; those that are not configured any more by their ids. */
function functionsText(ids: readonly ComponentId[], groups: ScopeGroup[], words: Words): string {
  const known = groups.flatMap(({ components }) => components.map(({ id }) => id));
  const others = ids.filter((id) => !known.includes(id));
  const named = scopeText(chosenScope(groups, ids), words);
  return words.list([named, ...others].filter((it) => it !== ''));
}
