import { html, nothing, type TemplateResult } from 'lit';
import { scopeText, type Words } from '../../../messages/index.ts';
import type { MaintenanceAction } from '../../../model/maintenance/life-cycle.ts';
import { chosenScope } from '../../commands/scope.ts';
import { EXTENSION_FIELDS } from '../fields.ts';
import { seenText } from '../versions.ts';
import {
  type AdminPage,
  adminBase,
  type Confirmation,
  type ExtensionForm,
} from '../view-models.ts';
import { changesSince } from './changes.ts';
import { formToken, hidden, NEVER_REFILLED } from './controls.ts';
import { timeField } from './time-field.ts';

/** Asks for confirmation of a public action, stating its effect. */
export function confirmPage(words: Words, confirmation: Confirmation): AdminPage {
  const { action, maintenance, changed } = confirmation;
  const notice =
    changed === null
      ? nothing
      : html`<div class="message is-problem" role="alert"><p>${words.text('confirm.changed')}</p>
        ${changesSince(maintenance, changed.opened, { ...confirmation, words })}</div>`;
  return question(words, { ...confirmation, action, notice, fields: nothing });
}

/** Asks for the new times of an extension. */
export function extensionPage(words: Words, form: ExtensionForm): AdminPage {
  const { times, problems, zone } = form;
  const fields = html`<p class="hint">${words.zone()} · ${words.text('form.expected_hint')}</p>
    <div class="row">${EXTENSION_FIELDS.map((name) =>
      timeField({ name, typed: times[name], problem: problems[name], zone }, words),
    )}</div>`;
  return question(words, { ...form, action: 'extend', notice: nothing, fields });
}

interface Question extends Omit<Confirmation, 'zone' | 'changed'> {
  action: MaintenanceAction;
  notice: TemplateResult | typeof nothing;
  fields: TemplateResult | typeof nothing;
}

function question(words: Words, asked: Question): AdminPage {
  const base = adminBase(words);
  const { action, maintenance, groups, form_token, notice, fields } = asked;
  const at = `maintenances/${maintenance.id}`;
  const title = words.text(`confirm.${action}.title`);
  const submit = words.text(`confirm.${action}.submit`);
  const notice_time = words.duration(maintenance.notice_ms);
  return {
    title,
    path: `${at}/${action}`,
    main: html`<h1>${title}</h1>${notice}
      <p class="lead"><b>${words.name(maintenance.texts.title)}</b><br>
        ${words.period(maintenance.announced_from, maintenance.announced_until)}<br>
        ${scopeText(chosenScope(groups, maintenance.components), words)}</p>
      <p>${words.text(`confirm.${action}.about`, { notice: notice_time })}</p>
      <form method="post" action="${base}/${at}/${action}" class="sheet" novalidate
        autocomplete=${NEVER_REFILLED}>
        ${formToken(form_token)}${hidden('seen', seenText(maintenance))}${fields}
        <p class="buttons">
          <button class=${action === 'cancel' ? 'danger' : 'primary'}>${submit}</button>
          <a class="button" href="${base}/${at}">${words.text('confirm.back')}</a></p>
      </form>`,
  };
}
