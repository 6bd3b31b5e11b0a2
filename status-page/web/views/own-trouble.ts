import { html, nothing, type TemplateResult } from 'lit';
import { ownTroubleEffect, ownTroubleName, type PageWords } from '../../../messages/index.ts';
import type { OwnTroubleView } from '../../../model/overview.ts';
import { ownIcon } from './icons.ts';
import { timeElement } from './time.ts';

/** What is wrong with ourselves now, and what it means for the states below; empty if nothing. */
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
  const since = words.text('own.since', { time: words.dateTime(trouble.since) });
  const name = ownTroubleName(trouble, words);
  const effect = ownTroubleEffect(trouble, words);
  return html`<p>${ownIcon()}<span><b>${name}</b>
    ${timeElement(trouble.since, since)} · ${effect}</span></p>`;
}

/** The notice in the place that the live stream updates; `nothing` lets scripts-off pages be. */
export function liveOwnTroubles(
  troubles: readonly OwnTroubleView[],
  words: PageWords,
): TemplateResult {
  return html`<live-own role="status">${
    troubles.length === 0 ? nothing : ownTroubleNotice(troubles, words)
  }</live-own>`;
}
