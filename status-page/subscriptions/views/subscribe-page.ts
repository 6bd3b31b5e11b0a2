import { html, nothing, type TemplateResult } from 'lit';
import { channelHint, channelText } from '../../../channels/text.ts';
import type { Words } from '../../../messages/index.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import type { SignUpInput } from '../input.ts';
import type { ChannelOption } from '../options.ts';
import {
  choiceFields,
  type FormContext,
  fieldProblem,
  group,
  problemSummary,
  radio,
} from './fields.ts';

export interface SubscribeFormParts {
  input: SignUpInput;
  channels: readonly ChannelOption[];
  /** Waiting time after too many sign-ups; null when there is none. */
  wait: string | null;
  page: PageSettings;
  context: FormContext;
}

/** The subscription form, with the problems of refused input. */
export function subscribeForm(parts: SubscribeFormParts): TemplateResult {
  const { input, channels, wait, page, context } = parts;
  const { words, problems } = context;
  return html`<h1>${words.text('subscribe.title')}</h1>
    <p class="lead">${words.text('subscribe.about')}</p>
    ${wait === null ? nothing : tooMany(wait, words)}
    ${problemSummary('problem.summary', problems, words)}
    <form class="form" method="post" novalidate>
      ${group(
        'channel',
        'subscribe.channel',
        context,
        channels.map(({ id }) => {
          const name = channelText(id, words.locale)('name');
          return radio('channel', id, input.channel === id, name);
        }),
      )}
      ${channels.map((it) => addressField(it, input.addresses[it.id] ?? '', context))}
      ${choiceFields(input, context)}
      <p><button class="primary">${words.text('subscribe.submit')}</button></p>
    </form>
    ${privacy(page, words)}`;
}

function tooMany(wait: string, words: Words): TemplateResult {
  const text = words.text('problem.too_many', { duration: wait });
  return html`<div class="alert" role="alert"><p>${text}</p></div>`;
}

function addressField(
  { id, field }: ChannelOption,
  value: string,
  { problems, words }: FormContext,
): TemplateResult {
  const { name, type } = field;
  const text = channelText(id, words.locale);
  const problem = problems.find((it) => it.field === name);
  const hint = channelHint(id, words.locale);
  const described = [hint && `${name}-hint`, problem && `${name}-problem`].filter((it) => it);
  return html`<div class="field when-${name}">
    <label for=${name}>${text('label')}</label>
    ${hint === null ? nothing : html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${fieldProblem(problem, words)}
    <input id=${name} name=${name} type=${type} value=${value}
      autocomplete=${type === 'text' ? 'off' : type} autocapitalize="off" spellcheck="false"
      aria-invalid=${problem ? 'true' : nothing} aria-describedby=${described.join(' ') || nothing}>
  </div>`;
}

/** Privacy notice: purpose, retention, deletion and contact. */
function privacy(page: PageSettings, words: Words): TemplateResult {
  const operator = words.name(page.operator);
  return html`<section class="privacy" aria-labelledby="privacy">
    <h2 id="privacy">${words.text('privacy.title')}</h2>
    <ul><li>${words.text('privacy.purpose')}</li><li>${words.text('privacy.retention')}</li>
      <li>${words.text('privacy.deletion')}</li>
      <li>${words.text('privacy.contact', { operator, contact: page.contact })}</li></ul>
  </section>`;
}
