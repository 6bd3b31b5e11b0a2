import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import type { SubscriptionChannel } from '../../../model/subscription.ts';
import type { FieldProblem, SignUpInput } from '../form.ts';
import {
  choiceFields,
  type FormContext,
  fieldProblem,
  group,
  problemSummary,
  radio,
} from './fields.ts';

/** The form to subscribe; with what is wrong when it was sent before. */
export function subscribeForm({
  input,
  channels,
  wait,
  page,
  context,
}: {
  input: SignUpInput;
  channels: readonly SubscriptionChannel[];
  /** How long to wait after too many sign-ups, in words; null: no need to. */
  wait: string | null;
  page: PageSettings;
  context: FormContext;
}): TemplateResult {
  const { words, problems } = context;
  return html`<h1>${words.text('subscribe.title')}</h1>
    <p class="lead">${words.text('subscribe.about')}</p>
    ${wait === null ? nothing : html`<div class="alert" role="alert"><p>${words.text('problem.too_many', { duration: wait })}</p></div>`}
    ${problemSummary('problem.summary', problems, words)}
    <form class="form" method="post" novalidate>
      ${group('channel', 'subscribe.channel', context, [
        ...channels.map((it) =>
          radio('channel', it, input.channel === it, words.text(`channel.${it}`)),
        ),
      ])}
      ${channels.map((channel) =>
        channel === 'email'
          ? textField({ words, name: 'email', type: 'email', value: input.email, problems })
          : textField({ words, name: 'url', type: 'url', value: input.url, problems }),
      )}
      ${choiceFields(input, context)}
      <p><button class="primary">${words.text('subscribe.submit')}</button></p>
    </form>
    ${privacy(page, words)}`;
}

function textField({
  words,
  name,
  type,
  value,
  problems,
}: {
  words: Words;
  name: 'email' | 'url';
  type: 'email' | 'url';
  value: string;
  problems: readonly FieldProblem[];
}): TemplateResult {
  const problem = problems.find((it) => it.field === name);
  const hint = name === 'url' ? `${name}-hint` : null;
  const described = [hint, problem && `${name}-problem`].filter((it) => it).join(' ');
  return html`<div class="field when-${name}">
    <label for=${name}>${words.text(`subscribe.${name}`)}</label>
    ${hint === null ? nothing : html`<p class="hint" id=${hint}>${words.text('subscribe.url_hint')}</p>`}${fieldProblem(problem, words)}
    <input id=${name} name=${name} type=${type} value=${value} autocomplete=${name} autocapitalize="off" spellcheck="false" aria-invalid=${problem ? 'true' : nothing} aria-describedby=${described || nothing}>
  </div>`;
}

/** Purpose, retention, deletion, and who answers for it. */
function privacy(page: PageSettings, words: Words): TemplateResult {
  const operator = words.name(page.operator);
  return html`<section class="privacy" aria-labelledby="privacy"><h2 id="privacy">${words.text('privacy.title')}</h2>
    <ul><li>${words.text('privacy.purpose')}</li><li>${words.text('privacy.retention')}</li><li>${words.text('privacy.deletion')}</li><li>${words.text('privacy.contact', { operator, contact: page.contact })}</li></ul>
  </section>`;
}
