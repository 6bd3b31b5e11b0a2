import { html, nothing } from 'lit';
import { scopeText } from '../../../messages/index.ts';
import type { MaintenanceAction } from '../../../model/maintenance/life-cycle.ts';
import type { Maintenance } from '../../../model/maintenance.ts';
import { chosenScope, type ScopeGroup } from '../scope.ts';
import type { Session } from '../session.ts';
import { timeControl } from './controls.ts';
import { type AdminPage, formToken } from './document.ts';
import type { Language } from './language.ts';

/** Of `extend`: the new times, as typed. */
export interface NewTimes {
  announced_until: string;
  expected_recovery_at: string;
}

export interface Confirmation {
  action: MaintenanceAction;
  maintenance: Maintenance;
  groups: ScopeGroup[];
  session: Session;
  times: NewTimes;
  problems: Partial<Record<string, string>>;
}

/** Asks once more before something is told to everyone, saying what it will do. */
export function confirmPage(language: Language, confirmation: Confirmation): AdminPage {
  const { words, base } = language;
  const { action, maintenance, groups, session } = confirmation;
  const at = `maintenances/${maintenance.id}`;
  const title = words.text(`confirm.${action}.title`);
  return {
    title,
    path: `${at}/${action}`,
    main: html`<h1>${title}</h1>
      <p class="lead"><b>${words.name(maintenance.texts.title)}</b><br>${words.period(maintenance.announced_from, maintenance.announced_until)}<br>${scopeText(chosenScope(groups, maintenance.components), words)}</p>
      <p>${about(confirmation, language)}</p>
      <form method="post" action="${base}/${at}/${action}" class="sheet" novalidate>
        ${formToken(session)}<input type="hidden" name="seen" value=${maintenance.updated_at}>
        ${action === 'extend' ? newTimes(confirmation, language) : nothing}
        <p class="buttons"><button class=${action === 'cancel' ? 'danger' : 'primary'}>${words.text(`confirm.${action}.submit`)}</button><a class="button" href="${base}/${at}">${words.text('confirm.back')}</a></p>
      </form>`,
  };
}

function about({ action, maintenance }: Confirmation, { words }: Language): string {
  const notice = words.duration(maintenance.notice_ms);
  return words.text(`confirm.${action}.about`, { notice });
}

function newTimes({ times, problems }: Confirmation, { words }: Language) {
  return html`<p class="hint">${words.zone()} · ${words.text('form.expected_hint')}</p><div class="row">${(
    ['announced_until', 'expected_recovery_at'] as const
  ).map((name) =>
    timeControl({
      name,
      label: words.text(`form.${name}`),
      value: times[name],
      problem: problems[name],
    }),
  )}</div>`;
}
