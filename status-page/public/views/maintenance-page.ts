import { html, nothing, type TemplateResult } from 'lit';
import {
  maintenanceChatText,
  maintenanceFacts,
  maintenanceStatus,
  maintenanceUpdateBody,
  maintenanceUpdateStatus,
  type Words,
} from '../../../messages/index.ts';
import type { PageSettings } from '../../../model/configuration.ts';
import type { MaintenanceView, OwnTroubleView } from '../../../model/overview.ts';
import type { EpochMs } from '../../../model/vocabulary.ts';
import type { QrCode } from '../../kit/qr-code.ts';
import { timeline } from '../../kit/views/timeline.ts';
import { stateIcon } from '../../web/views/icons.ts';
import { ownTroubleNotice } from '../../web/views/own-trouble.ts';
import { periodElement } from './maintenances.ts';

export interface MaintenancePageParts {
  page: PageSettings;
  /** URL of this page, for sharing. */
  url: string;
  qr: QrCode;
  /** What is wrong with ourselves now. */
  own_troubles: readonly OwnTroubleView[];
  /** How its time counts; null: it was cancelled. */
  accounting: string | null;
  words: Words;
}

/** One maintenance: plan, updates and sharing. */
export function maintenancePage(
  maintenance: MaintenanceView,
  parts: MaintenancePageParts,
): TemplateResult {
  const { words } = parts;
  const { text, name } = words;
  const { texts, scope } = maintenance;
  const facts = [
    ...maintenanceFacts(maintenance, scope, words),
    ...recordFacts(maintenance, parts),
  ];
  const status = maintenanceStatus(maintenance, words);
  const state = html`${stateIcon('under_maintenance')} <b>${status}</b>`;
  const updates = maintenance.updates.toReversed().map((update) => ({
    at: update.created_at,
    status: maintenanceUpdateStatus(update, maintenance, words),
    body: html`<p class="told">${maintenanceUpdateBody(update, words)}</p>`,
  }));
  return html`<h1>${name(texts.title)}</h1>
    <p class="status">${state} · ${periodElement(maintenance, words)}</p>
    ${ownTroubleNotice(parts.own_troubles, words)}
    <p class="told">${name(texts.description)}</p>
    <dl class="facts-list">${facts.map(
      (it) => html`<div><dt>${it.term}</dt><dd>${it.text}</dd></div>`,
    )}</dl>
    <section aria-labelledby="timeline">
      <h2 id="timeline">${text('maintenance.timeline')}</h2>
      ${timeline(updates, words)}
    </section>
    ${sharing(maintenance, parts)}`;
}

/** The record: announcement, actual times and accounting. */
function recordFacts(
  maintenance: MaintenanceView,
  { accounting, words }: MaintenancePageParts,
): { term: string; text: string }[] {
  const { text } = words;
  const { announced_from, published_at } = maintenance;
  const announced_at =
    maintenance.updates.find(({ code }) => code === 'announced')?.created_at ?? published_at;
  const facts: [term: string, fact: string | null][] = [
    [
      text('maintenance.announced_at'),
      announced_at === null ? null : leadTime(announced_at, announced_from, words),
    ],
    [
      text('maintenance.revised_at'),
      published_at === null || published_at === announced_at
        ? null
        : leadTime(published_at, announced_from, words),
    ],
    [text('maintenance.accounting'), accounting ?? text('maintenance.counted_cancelled')],
  ];
  return facts.flatMap(([term, fact]) => (fact === null ? [] : [{ term, text: fact }]));
}

/** Time of an announcement, and its lead time before the start. */
function leadTime(at: EpochMs, start: EpochMs, words: Words): string {
  const time = words.appointment(at);
  return at < start
    ? words.text('maintenance.ahead', { time, duration: words.duration(start - at) })
    : words.text('maintenance.behind', { time });
}

/** A text for chats and a code for phones; scripts add a button that copies the text. */
function sharing(
  maintenance: MaintenanceView,
  { page, url, qr, words }: MaintenancePageParts,
): TemplateResult {
  const { text } = words;
  const chat = maintenanceChatText(
    maintenance,
    { scope: maintenance.scope, url, operator: page.operator },
    words,
  );
  const calendar = html`<a
    href=${words.href(`/${words.locale}/maintenance.ics`)}>${text('maintenance.calendar')}</a>`;
  return html`<section aria-labelledby="share"><h2 id="share">${text('maintenance.chat')}</h2>
      <p class="soft">${text('maintenance.chat_about')}</p>
      <div class="share">
        <div>
          <pre class="chat" id="share-text">${chat}</pre>
          <button type="button" class="copy" data-copy="share-text"
            data-done=${text('maintenance.copied')} hidden>${text('maintenance.copy')}</button>
        </div>
        <figure>
          <svg class="qr" viewBox="0 0 ${qr.size} ${qr.size}" role="img" aria-label=${url}>
            <rect width=${qr.size} height=${qr.size} fill="#fff"/>
            <path d=${qr.path} fill="#000" shape-rendering="crispEdges"/></svg>
          <figcaption>${text('maintenance.qr')}</figcaption>
        </figure>
      </div>
      ${maintenance.status === 'cancelled' ? nothing : html`<p>${calendar}</p>`}
    </section>`;
}
