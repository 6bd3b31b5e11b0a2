import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { SubscriptionSay } from '../../../messages/subscription/index.ts';
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
  words,
  context,
}: {
  input: SignUpInput;
  channels: readonly SubscriptionChannel[];
  /** How long to wait after too many sign-ups, in words; null: no need to. */
  wait: string | null;
  page: PageSettings;
  words: Words;
  context: FormContext;
}): TemplateResult {
  const { say, problems } = context;
  return html`<h1>${say('subscribe.title')}</h1>
    <p class="lead">${say('subscribe.about')}</p>
    ${wait === null ? nothing : html`<div class="alert" role="alert"><p>${say('problem.too_many', { duration: wait })}</p></div>`}
    ${problemSummary('problem.summary', problems, say)}
    <form class="form" method="post" novalidate>
      ${group('channel', 'subscribe.channel', context, [
        ...channels.map((it) => radio('channel', it, input.channel === it, say(`channel.${it}`))),
      ])}
      ${channels.map((channel) =>
        channel === 'email'
          ? textField({ name: 'email', type: 'email', value: input.email, problems, say })
          : textField({ name: 'url', type: 'url', value: input.url, problems, say }),
      )}
      ${choiceFields(input, context)}
      <p><button class="primary">${say('subscribe.submit')}</button></p>
    </form>
    ${privacy(page, words, say)}`;
}

function textField({
  name,
  type,
  value,
  problems,
  say,
}: {
  name: 'email' | 'url';
  type: 'email' | 'url';
  value: string;
  problems: readonly FieldProblem[];
  say: SubscriptionSay;
}): TemplateResult {
  const problem = problems.find((it) => it.field === name);
  const hint = name === 'url' ? `${name}-hint` : null;
  const described = [hint, problem && `${name}-problem`].filter((it) => it).join(' ');
  return html`<div class="field when-${name}">
    <label for=${name}>${say(`subscribe.${name}`)}</label>
    ${hint === null ? nothing : html`<p class="hint" id=${hint}>${say('subscribe.url_hint')}</p>`}${fieldProblem(problem, say)}
    <input id=${name} name=${name} type=${type} value=${value} autocomplete=${name} autocapitalize="off" spellcheck="false" aria-invalid=${problem ? 'true' : nothing} aria-describedby=${described || nothing}>
  </div>`;
}

/** Purpose, retention, deletion, and who answers for it. */
function privacy(page: PageSettings, words: Words, say: SubscriptionSay): TemplateResult {
  const operator = words.name(page.operator);
  return html`<section class="privacy" aria-labelledby="privacy"><h2 id="privacy">${say('privacy.title')}</h2>
    <ul><li>${say('privacy.purpose')}</li><li>${say('privacy.retention')}</li><li>${say('privacy.deletion')}</li><li>${say('privacy.contact', { operator, contact: page.contact })}</li></ul>
  </section>`;
}
