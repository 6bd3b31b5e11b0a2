import { html, nothing } from 'lit';
import { languageName, type Words } from '../../../messages/index.ts';
import { TIME_FIELDS } from '../../../model/maintenance/plan.ts';
import { TEXT_FIELDS, type TextField } from '../../../model/maintenance/texts.ts';
import { LOCALES, type Locale } from '../../../model/vocabulary.ts';
import type { ProblemTexts } from '../view-models.ts';

/** Lists all problems with links to their fields, so that none is missed on small screens. */
export function planProblems(problems: ProblemTexts, words: Words) {
  const entries = Object.entries(problems);
  if (entries.length === 0) return nothing;
  const separator = words.text('fact.separator');
  return html`<div class="message is-problem" role="alert">
    <p>${words.text('form.problems', { n: entries.length })}</p><ul>${entries.map(
      ([field, text]) =>
        html`<li><a href="#${field}">${fieldLabel(field, words)}</a>${separator}${text}</li>`,
    )}</ul></div>`;
}

/** The name of a field by its path. */
export function fieldLabel(field: string, words: Words): string {
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
