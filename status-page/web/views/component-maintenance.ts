import { html, type TemplateResult } from 'lit/html.js';
import { maintenanceStatus, maintenanceTime, type PageWords } from '../../../messages/index.ts';
import type { ComponentMaintenance } from '../../../model/overview.ts';

/** Maintenance of a function: its time. */
export function componentMaintenance(
  maintenance: ComponentMaintenance,
  words: PageWords,
): TemplateResult {
  const line = words.text('maintenance.of_component', {
    status: maintenanceStatus(maintenance, words),
    period: maintenanceTime(maintenance, words),
  });
  const path = maintenancePath(maintenance, words);
  return html`<p class="component-maintenance"><a href=${path}>${line}</a></p>`;
}

export function maintenancePath({ id }: { id: string }, { locale, href }: PageWords): string {
  return href(`/${locale}/maintenances/${id}`);
}
