import { html, nothing, type TemplateResult } from 'lit';
import { languageName, type SubscriptionKey, type Words } from '../../../messages/index.ts';
import { SUBSCRIPTION_KINDS } from '../../../model/subscription.ts';
import type { Languages } from '../../../model/vocabulary.ts';
import type { ChoiceInput, FieldProblem } from '../input.ts';

/** An offered system with its localised name. */
export interface SystemOption {
  id: string;
  name: string;
}

/** Context of all parts of a form. */
export interface FormContext {
  systems: readonly SystemOption[];
  problems: readonly FieldProblem[];
  languages: Languages;
  words: Words;
}

/** Fields for systems, kinds and language. */
export function choiceFields(input: ChoiceInput, context: FormContext): TemplateResult {
  const { words, systems, languages } = context;
  return html`${group('systems', 'subscribe.systems', context, [
    radio('scope', 'all', input.scope === 'all', words.text('systems.all')),
    radio('scope', 'some', input.scope === 'some', words.text('systems.some')),
    html`<div class="choices when-some">${systems.map(({ id, name }) =>
      checkbox('systems', id, input.systems.includes(id), name),
    )}</div>`,
  ])}
  ${group(
    'kinds',
    'subscribe.kinds',
    context,
    SUBSCRIPTION_KINDS.map((kind) =>
      checkbox('kinds', kind, input.kinds.includes(kind), words.text(`kind.${kind}`)),
    ),
  )}
  ${group(
    'locale',
    'subscribe.locale',
    context,
    languages.map((locale) =>
      radio('locale', locale, input.locale === locale, languageName(locale), locale),
    ),
  )}`;
}

/** A fieldset with its problem. */
export function group(
  field: string,
  legend: SubscriptionKey,
  { words, problems }: FormContext,
  choices: readonly TemplateResult[],
): TemplateResult {
  const problem = problems.find((it) => it.field === field);
  return html`<fieldset id=${field} tabindex=${problem ? '-1' : nothing}
    aria-describedby=${problem ? `${field}-problem` : nothing}>
    <legend>${words.text(legend)}</legend>${fieldProblem(problem, words)}
    <div class="choices">${choices}</div>
  </fieldset>`;
}

export function radio(
  name: string,
  value: string,
  checked: boolean,
  label: string,
  lang?: string,
): TemplateResult {
  return html`<label class="choice" lang=${lang ?? nothing}>
    <input type="radio" name=${name} value=${value} ?checked=${checked}><span>${label}</span>
    </label>`;
}

function checkbox(name: string, value: string, checked: boolean, label: string): TemplateResult {
  return html`<label class="choice">
    <input type="checkbox" name=${name} value=${value} ?checked=${checked}><span>${label}</span>
    </label>`;
}

/** The problem of a field, next to it. */
export function fieldProblem(
  problem: FieldProblem | undefined,
  words: Words,
): TemplateResult | typeof nothing {
  return problem
    ? html`<p class="wrong" id=${`${problem.field}-problem`}>${problem.text(words)}</p>`
    : nothing;
}

/** All problems above the form, with links to their fields. */
export function problemSummary(
  title: 'problem.summary' | 'problem.summary_change',
  problems: readonly FieldProblem[],
  words: Words,
): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<div class="alert" role="alert">
    <p>${words.text(title, { n: problems.length })}</p>
    <ul>${problems.map((it) => html`<li><a href="#${it.field}">${it.text(words)}</a></li>`)}</ul>
  </div>`;
}
