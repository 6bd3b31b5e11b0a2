import { html, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';

/** The demo bar: states that everything is simulated and offers drills; works without scripts. */
export function demoBar({ locale, text, href }: Words): TemplateResult {
  const drill = (name: string) => href(`/demo/drills/${name}?lang=${locale}`);
  return html`<aside class="demo" aria-label=${text('demo.title')}>
    <p><b>${text('demo.title')}</b>${text('fact.separator')}${text('demo.about')}</p>
    <form method="post" action=${drill('recover')}>${BUTTONS.map(
      ([name, key]) => html`<button formaction=${drill(name)}>${text(key)}</button>`,
    )}</form>
    <p><a href=${href(`/${locale}/demo/drills`)}>${text('demo.drills')}</a> · <a
      href=${href(`/${locale}/demo/mailbox`)}>${text('demo.mailbox')}</a></p>
  </aside>`;
}

const BUTTONS = [
  ['slow-download', 'demo.slow_download'],
  ['stalled-sync', 'demo.stalled_sync'],
  ['recover', 'demo.recover'],
] as const;
