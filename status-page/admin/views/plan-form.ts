import { html, nothing, type TemplateResult } from 'lit';
import { languageName, type Words } from '../../../messages/index.ts';
import { DEFAULT_NOTICE_MS, TIME_FIELDS } from '../../../model/maintenance/plan.ts';
import { TEXT_FIELDS, TITLE_LIMIT } from '../../../model/maintenance/texts.ts';
import { LOCALES } from '../../../model/vocabulary.ts';
import { seenText } from '../versions.ts';
import { type AdminPage, adminBase, type PlanForm } from '../view-models.ts';
import {
  descriptions,
  formToken,
  hidden,
  hintOf,
  lineControl,
  NEVER_REFILLED,
  problemOf,
  textControl,
} from './controls.ts';
import { planProblems } from './plan-problems.ts';
import { timeField } from './time-field.ts';

/** The form of a new or existing maintenance. */
export function planFormPage(words: Words, form: PlanForm): AdminPage {
  const base = adminBase(words);
  const title = words.text(form.id === null ? 'form.new' : 'form.edit');
  const at = form.id === null ? 'maintenances/new' : `maintenances/${form.id}/edit`;
  const [back, back_to] =
    form.id === null
      ? [words.text('maintenance_details.back'), '']
      : [words.text('maintenance_details.back_to_it'), `maintenances/${form.id}`];
  return {
    title,
    path: at,
    main: html`<p><a href="${base}/${back_to}">← ${back}</a></p><h1>${title}</h1>
      ${planProblems(form.problems, words)}
      <p class="lead">${words.text('form.required')}</p>
      <form method="post" action="${base}/${at}" class="sheet" novalidate
        autocomplete=${form.seen === null ? nothing : NEVER_REFILLED}>
        ${formToken(form.form_token)}
        ${form.seen === null ? nothing : hidden('seen', seenText(form.seen))}
        ${form.key === null ? nothing : hidden('key', form.key)}
        ${scope(form, words)}${times(form, words)}${texts(form, words)}
        <p class="buttons">${form.buttons.map(
          (button) =>
            html`<button name="submit" value=${button}
              class=${button === 'draft' ? '' : 'primary'}>${words.text(SUBMITS[button])}</button>`,
        )}</p>
      </form>`,
  };
}

/** Labels of submit buttons. */
export const SUBMITS = {
  draft: 'form.save_draft',
  announce: 'form.announce',
  revise: 'form.save_revision',
} as const;

function scope(form: PlanForm, words: Words): TemplateResult {
  const field = {
    name: 'components',
    hint: words.text('form.scope_hint'),
    problem: form.problems.components,
  };
  return html`<fieldset id="components" tabindex="-1" class=${field.problem ? 'is-wrong' : ''}
    aria-describedby=${descriptions(field) || nothing}>
    <legend>${words.text('form.scope')}</legend>
    ${hintOf(field)}${problemOf(field)}
    ${form.groups.map(
      ({ system, system_name, components }) =>
        html`<div class="part" role="group" aria-labelledby="scope-${system}">
          <b id="scope-${system}">${words.name(system_name)}</b>${components.map(
            ({ id, function: fn }) =>
              html`<label><input type="checkbox" name="components" value=${id}
              ?checked=${form.values.components.includes(id)}>
              ${words.text(`function.${fn}`)}</label>`,
          )}</div>`,
    )}
  </fieldset>`;
}

function times(form: PlanForm, words: Words): TemplateResult {
  const notice = words.duration(DEFAULT_NOTICE_MS);
  const hints = [
    words.text('form.times_hint', { zone: words.zone(), notice }),
    words.text('form.expected_hint'),
  ];
  return html`<fieldset><legend>${words.text('form.times')}</legend>
    <p class="hint">${hints.join(words.text('sentence.separator'))}</p>
    <div class="row">${TIME_FIELDS.map((name) =>
      timeField(
        {
          name,
          typed: form.values.times[name],
          problem: form.problems[name],
          zone: form.zone,
          readonly: name === 'announced_from' && form.has_begun,
        },
        words,
      ),
    )}</div>
  </fieldset>`;
}

const HINTS = {
  title: null,
  description: 'form.description_hint',
  stays_open: 'form.stays_open_hint',
  workaround: 'form.workaround_hint',
} as const;

function texts(form: PlanForm, words: Words): TemplateResult {
  const { input_locales } = form;
  return html`<fieldset><legend>${words.text('form.texts')}</legend>
    <p class="hint">${words.text('form.texts_hint')}</p>
    ${TEXT_FIELDS.map((text) => {
      const hint = HINTS[text];
      const values = form.values.texts[text];
      // Preserves existing texts in other languages.
      const shown = LOCALES.filter((it) => input_locales.includes(it) || values[it] !== '');
      return html`<div class="part" role="group" aria-labelledby="group-${text}">
        <b id="group-${text}">${words.text(`form.${text}`)}</b>${
          hint
            ? html`<span class="hint">${words.text('fact.separator')}${words.text(hint)}</span>`
            : nothing
        }
        <div class="pair">${shown.map((locale) => {
          const name = `texts.${text}.${locale}`;
          const field = {
            name,
            label: languageName(locale),
            lang: locale,
            value: values[locale],
            problem: form.problems[name],
          };
          return text === 'title'
            ? lineControl({ ...field, limit: TITLE_LIMIT })
            : textControl(field);
        })}</div></div>`;
    })}
  </fieldset>`;
}
