import { html, nothing } from 'lit';
import { scopeText, type Words } from '../../../messages/index.ts';
import { chosenScope } from '../../commands/scope.ts';
import { type AdminPage, adminBase, type Confirmation } from '../view-models.ts';
import { formToken, timeControl } from './controls.ts';

/** Asks for confirmation of a public action, stating its effect. */
export function confirmPage(words: Words, confirmation: Confirmation): AdminPage {
  const base = adminBase(words);
  const { action, maintenance, groups, form_token } = confirmation;
  const at = `maintenances/${maintenance.id}`;
  const title = words.text(`confirm.${action}.title`);
  const submit = words.text(`confirm.${action}.submit`);
  return {
    title,
    path: `${at}/${action}`,
    main: html`<h1>${title}</h1>
      <p class="lead"><b>${words.name(maintenance.texts.title)}</b><br>
        ${words.period(maintenance.announced_from, maintenance.announced_until)}<br>
        ${scopeText(chosenScope(groups, maintenance.components), words)}</p>
      <p>${about(confirmation, words)}</p>
      <form method="post" action="${base}/${at}/${action}" class="sheet" novalidate>
        ${formToken(form_token)}<input type="hidden" name="seen" value=${maintenance.updated_at}>
        ${action === 'extend' ? newTimes(confirmation, words) : nothing}
        <p class="buttons">
          <button class=${action === 'cancel' ? 'danger' : 'primary'}>${submit}</button>
          <a class="button" href="${base}/${at}">${words.text('confirm.back')}</a></p>
      </form>`,
  };
}

function about({ action, maintenance }: Confirmation, words: Words): string {
  const notice = words.duration(maintenance.notice_ms);
  return words.text(`confirm.${action}.about`, { notice });
}

function newTimes({ times, problems }: Confirmation, words: Words) {
  return html`<p class="hint">${words.zone()} · ${words.text('form.expected_hint')}</p>
    <div class="row">${(['announced_until', 'expected_recovery_at'] as const).map((name) =>
      timeControl({
        name,
        label: words.text(`form.${name}`),
        value: times[name],
        problem: problems[name],
      }),
    )}</div>`;
}
