import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import { isStartFixed } from '../../../model/maintenance/life-cycle.ts';
import type { ComparedField } from '../comparison.ts';
import { seenText } from '../versions.ts';
import { type AdminPage, adminBase, type ComparisonForm } from '../view-models.ts';
import { statusChange } from './changes.ts';
import {
  ariaInvalid,
  descriptions,
  formToken,
  hidden,
  NEVER_REFILLED,
  problemOf,
} from './controls.ts';
import { fieldLabel, planProblems } from './plan-problems.ts';
import { planValue } from './values.ts';

/** Asks, field by field, what to do with a form that was made from an earlier version. */
export function comparisonPage(words: Words, form: ComparisonForm): AdminPage {
  const base = adminBase(words);
  const { now, opened } = form.comparison;
  const title = words.text('difference.title');
  return {
    title,
    path: form.at,
    main: html`<p><a href="${base}/${form.back}">← ${words.text(
      'maintenance_details.back_to_it',
    )}</a></p><h1>${title}</h1>
      <div class="message is-problem" role="alert">
        <p>${words.text('difference.about')}</p>
        ${statusChange(now, opened, words)}
      </div>
      ${planProblems(form.problems, words)}
      <form method="post" action="${base}/${form.at}" class="sheet" novalidate
        autocomplete=${NEVER_REFILLED}>
        ${formToken(form.form_token)}
        ${hidden('seen', opened === null ? '' : seenText(opened))}
        ${hidden('compared', seenText(now))}
        ${form.entered.map(([name, value]) => hidden(name, value))}
        ${SIDES.map((side) => group(side, form, words))}
        <p class="buttons">${form.buttons.map(
          ({ value, label, is_primary }) =>
            html`<button name="submit" value=${value}
              class=${is_primary ? 'primary' : ''}>${label}</button>`,
        )}</p>
      </form>`,
  };
}

/** What must be chosen comes first. */
const SIDES = ['both', 'theirs', 'mine'] as const;

function group(side: ComparedField['changed_by'], form: ComparisonForm, words: Words) {
  const fields = form.comparison.differences.filter(({ changed_by }) => changed_by === side);
  if (fields.length === 0) return nothing;
  return html`<section aria-labelledby="changed-${side}">
    <h2 id="changed-${side}">${words.text(`difference.${side}`)}</h2>
    ${fields.map((it) => choice(it, form, words))}</section>`;
}

function choice(it: ComparedField, form: ComparisonForm, words: Words): TemplateResult {
  const { field, opened, theirs } = it;
  const { now } = form.comparison;
  const shown = { ...form, words };
  const problem = form.problems[field];
  const described = descriptions({ name: field, problem });
  const can_change = field !== 'announced_from' || !isStartFixed(now.status);
  return html`<fieldset id=${field} tabindex="-1" class="compared ${problem ? 'is-wrong' : ''}"
    aria-describedby=${described || nothing} aria-invalid=${ariaInvalid({ problem })}>
    <legend>${fieldLabel(field, words)}</legend>
    ${problemOf({ name: field, problem })}
    ${
      opened === null || it.changed_by !== 'both'
        ? nothing
        : html`<p class="was"><span class="soft">${words.text('difference.opened')}</span>
          ${planValue(field, opened, shown)}</p>`
    }
    ${can_change ? nothing : html`<p class="hint">${words.text('difference.start_fixed')}</p>`}
    ${option(it, 'theirs', { label: keepText(it, words), value: planValue(field, theirs, shown) })}
    ${can_change ? useMine(it, form, words) : nothing}
  </fieldset>`;
}

function option(
  { field, side }: ComparedField,
  of: 'mine' | 'theirs',
  { label, value }: { label: string; value: TemplateResult },
): TemplateResult {
  return html`<label class="choice"><input type="radio" name="choice.${field}" value=${of}
    ?checked=${side === of}> <span><span class="soft">${label}</span> ${value}</span></label>`;
}

function keepText({ since, changed_by }: ComparedField, words: Words): string {
  return since === null || changed_by === 'mine'
    ? words.text('difference.keep')
    : words.text('difference.keep_since', { time: words.dateTime(since) });
}

function useMine(it: ComparedField, form: ComparisonForm, words: Words): TemplateResult {
  return option(it, 'mine', { label: mineText(it, words), value: mine(it, form, words) });
}

function mineText({ changed_by }: ComparedField, words: Words): string {
  return words.text(changed_by === 'theirs' ? 'difference.change_back' : 'difference.use_mine');
}

/** What was entered; of a time that is none, as it was entered. */
function mine({ field, mine: value }: ComparedField, form: ComparisonForm, words: Words) {
  if (!Number.isNaN(value)) return planValue(field, value, { ...form, words });
  const typed = Object.entries(form.comparison.values.times).find(([name]) => name === field);
  return planValue(field, typed?.[1].text.replace('T', ' ') ?? '', { ...form, words });
}
