import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { escapeHtml } from '../../../http/html.ts';

/** A field with its label, hint and problem. */
export interface Field {
  name: string;
  label: string;
  value: string;
  hint?: string | undefined;
  problem?: string | undefined;
}

/** Which of the times is meant that clocks show twice. */
export interface TimeChoice {
  question: string;
  options: { value: string; label: string; checked: boolean }[];
}

/** With a question where the time comes twice; none for a time that cannot be changed. */
export function timeControl({
  readonly = false,
  choice,
  ...field
}: Field & { readonly?: boolean; choice: TimeChoice | null }): TemplateResult {
  const { name, value } = field;
  const chosen = choice?.options.find(({ checked }) => checked);
  const hint = readonly ? chosen?.label : undefined;
  const shown = { ...field, hint };
  const input = html`<input type="datetime-local" id=${name} name=${name} value=${value}
      ?readonly=${readonly} aria-describedby=${descriptions(shown) || nothing}
      aria-invalid=${ariaInvalid(field)}>${
        choice === null || readonly ? nothing : timeQuestion(name, choice)
      }`;
  return control(shown, input);
}

function timeQuestion(name: string, { question, options }: TimeChoice): TemplateResult {
  return html`<fieldset class="choices"><legend>${question}</legend>${options.map(
    ({ value, label, checked }) =>
      html`<label class="choice"><input type="radio" name="${name}.offset" value=${value}
        ?checked=${checked}> ${label}</label>`,
  )}</fieldset>`;
}

export function lineControl({ limit, lang, ...field }: Field & { limit: number; lang: string }) {
  const { name, value } = field;
  return control(
    field,
    html`<input type="text" id=${name} name=${name} value=${value} maxlength=${limit} lang=${lang}
      aria-describedby=${descriptions(field) || nothing} aria-invalid=${ariaInvalid(field)}>`,
  );
}

/** Templates cannot have an expression in a text area, so this one is built and escaped by hand. */
export function textControl({ lang, ...field }: Field & { lang: string }): TemplateResult {
  const { name, value } = field;
  const attributes = [
    ['id', name],
    ['name', name],
    ['lang', lang],
    ['rows', '4'],
    ...(descriptions(field) === '' ? [] : [['aria-describedby', descriptions(field)]]),
    ...(field.problem ? [['aria-invalid', 'true']] : []),
  ];
  const written = attributes.map(([key, text = '']) => ` ${key}="${escapeHtml(text)}"`).join('');
  return control(field, html`${unsafeHTML(`<textarea${written}>${escapeHtml(value)}</textarea>`)}`);
}

function control(field: Field, input: TemplateResult): TemplateResult {
  const { name, label } = field;
  return html`<div class="field ${field.problem ? 'is-wrong' : ''}">
    <label for=${name}>${label}</label>
    ${hintOf(field)}${problemOf(field)}${input}
  </div>`;
}

export function hintOf({ name, hint }: Pick<Field, 'name' | 'hint'>) {
  return hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing;
}

export function problemOf({ name, problem }: Pick<Field, 'name' | 'problem'>) {
  return problem ? html`<p class="problem" id="${name}-problem">${problem}</p>` : nothing;
}

/** Ids of the descriptions of a field, for screen readers. */
export function descriptions({
  name,
  hint,
  problem,
}: Pick<Field, 'name' | 'hint' | 'problem'>): string {
  const ids = [hint ? `${name}-hint` : '', problem ? `${name}-problem` : ''];
  return ids.filter((it) => it !== '').join(' ');
}

/** Absent when the field is valid. */
export function ariaInvalid({ problem }: Pick<Field, 'problem'>) {
  return problem ? 'true' : nothing;
}

/**
 * For forms that say of which version they are: who goes back gets the page of the present version,
 * and a browser would fill in what was typed into that of an earlier one.
 */
export const NEVER_REFILLED = 'off';

/** A hidden field. */
export function hidden(name: string, value: string): TemplateResult {
  return html`<input type="hidden" name=${name} value=${value}>`;
}

/** The CSRF token field of a form. */
export function formToken(form_token: string): TemplateResult {
  return hidden('form_token', form_token);
}
