import { html, type TemplateResult } from 'lit/html.js';
import { ownTroubleEffect, ownTroubleName, type PageWords } from '../../../messages/index.ts';
import type { OwnTroubleView } from '../../../model/overview.ts';
import { ownIcon } from './icons.ts';
import { timeElement } from './time.ts';

/** What is wrong with ourselves now, and what it means for the states told; empty if nothing. */
export function ownTroubleNotice(
  troubles: readonly OwnTroubleView[],
  words: PageWords,
): TemplateResult {
  const title = words.text('own.title');
  return troubles.length === 0
    ? html``
    : html`<section class="own" aria-label=${title}>${troubles.map((it) => item(it, words))}
      </section>`;
}

function item(trouble: OwnTroubleView, words: PageWords): TemplateResult {
  const name = ownTroubleName(trouble, words);
  const since = words.text('own.since', { time: words.dateTime(trouble.since) });
  const at = timeElement(trouble.since, since);
  const effect = ownTroubleEffect(trouble, words);
  return html`<p>${ownIcon()}<span><b>${name}</b> ${at} · ${effect}</span></p>`;
}
