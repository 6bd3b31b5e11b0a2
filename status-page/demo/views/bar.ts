import { html, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';

/** The demo bar: states that everything is simulated and offers drills; works without scripts. */
export function demoBar({ locale, text }: Words): TemplateResult {
  return html`<aside class="demo" aria-label=${text('demo.title')}>
    <p><b>${text('demo.title')}</b>${text('fact.separator')}${text('demo.about')}</p>
    <form method="post" action="/demo/drills/recover?lang=${locale}">${BUTTONS.map(
      ([name, key]) =>
        html`<button formaction="/demo/drills/${name}?lang=${locale}">${text(key)}</button>`,
    )}</form>
    <p><a href="/${locale}/demo/drills">${text('demo.drills')}</a> · <a
      href="/${locale}/demo/mailbox">${text('demo.mailbox')}</a></p>
  </aside>`;
}

const BUTTONS = [
  ['slow-download', 'demo.slow_download'],
  ['stalled-sync', 'demo.stalled_sync'],
  ['recover', 'demo.recover'],
] as const;
