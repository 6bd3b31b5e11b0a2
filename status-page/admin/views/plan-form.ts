import { html, nothing, type TemplateResult } from 'lit';
import { languageName, type Words } from '../../../messages/index.ts';
import { DEFAULT_NOTICE_MS } from '../../../model/maintenance/plan.ts';
import { TITLE_LIMIT } from '../../../model/maintenance/texts.ts';
import { LOCALES, type Locale } from '../../../model/vocabulary.ts';
import { TEXT_FIELDS, type TextField, TIME_FIELDS } from '../fields.ts';
import { type AdminPage, adminBase, type PlanForm } from '../view-models.ts';
import {
  descriptions,
  formToken,
  hintOf,
  lineControl,
  problemOf,
  textControl,
  timeControl,
} from './controls.ts';

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
      ${notice(form)}
      ${problemSummary(form, words)}
      <p class="lead">${words.text('form.required')}</p>
      <form method="post" action="${base}/${at}" class="sheet" novalidate>
        ${formToken(form.form_token)}
        ${form.seen === null ? nothing : html`<input type="hidden" name="seen" value=${form.seen}>`}
        ${form.key === null ? nothing : html`<input type="hidden" name="key" value=${form.key}>`}
        ${scope(form, words)}${times(form, words)}${texts(form, words)}
        <p class="buttons">${form.buttons.map(
          (button) =>
            html`<button name="submit" value=${button}
              class=${button === 'draft' ? '' : 'primary'}>${words.text(SUBMITS[button])}</button>`,
        )}</p>
      </form>`,
  };
}

function notice({ notice: text }: PlanForm) {
  return text === null ? nothing : html`<p class="message is-problem" role="alert">${text}</p>`;
}

const SUBMITS = {
  draft: 'form.save_draft',
  announce: 'form.announce',
  revise: 'form.save_revision',
} as const;

/** Lists all problems with links to their fields, so that none is missed on small screens. */
function problemSummary({ problems }: PlanForm, words: Words) {
  const entries = Object.entries(problems);
  if (entries.length === 0) return nothing;
  return html`<div class="message is-problem" role="alert">
    <p>${words.text('form.problems', { n: entries.length })}</p><ul>${entries.map(
      ([field, text]) => html`<li><a href="#${field}">${labelOf(field, words)}</a> ${text}</li>`,
    )}</ul></div>`;
}

function labelOf(field: string, words: Words): string {
  if (field === 'components') return withoutStar(words.text('form.scope'));
  const time = TIME_FIELDS.find((it) => it === field);
  if (time) return withoutStar(words.text(`form.${time}`));
  const [, name, locale] = field.split('.');
  const text = TEXT_FIELDS.find((it) => it === name);
  const of = LOCALES.find((it) => it === locale);
  return text && of ? inLanguage(text, of, words) : field;
}

/** The label without the asterisk of required fields. */
function withoutStar(label: string): string {
  return label.replace(/ \*$/, '');
}

function inLanguage(text: TextField, locale: Locale, words: Words): string {
  return words.text('form.in', {
    field: withoutStar(words.text(`form.${text}`)),
    language: languageName(locale),
  });
}

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
  const hint = words.text('form.times_hint', { zone: words.zone(), notice });
  return html`<fieldset><legend>${words.text('form.times')}</legend>
    <p class="hint">${hint} ${words.text('form.expected_hint')}</p>
    <div class="row">${TIME_FIELDS.map((name) =>
      timeControl({
        name,
        label: words.text(`form.${name}`),
        value: form.values.times[name],
        problem: form.problems[name],
        readonly: name === 'announced_from' && form.has_begun,
      }),
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
          hint ? html` <span class="hint">${words.text(hint)}</span>` : nothing
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
