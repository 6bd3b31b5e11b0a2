import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../../../messages/index.ts';
import type { StatusOverview } from '../../../model/overview.ts';
import { STATES, type State } from '../../../model/vocabulary.ts';
import { type ChromeParts, footer, staleness, topBar } from '../../kit/chrome.ts';
import { headline } from '../../web/views/headline.ts';
import { stateIcon } from '../../web/views/icons.ts';
import { gapList } from './gaps.ts';
import { dayBar } from './history.ts';
import { openIncidents, recentIncidents } from './incidents.ts';
import { nearMaintenanceList } from './maintenances.ts';
import { system } from './system.ts';

export interface OverviewPageParts extends ChromeParts {
  /** The bar on top. */
  bar: TemplateResult | null;
}

/** The front page: verdict, current events, systems, and history. */
export function overviewPage(overview: StatusOverview, parts: OverviewPageParts): TemplateResult {
  const { words, bar } = parts;
  const components = overview.systems.flatMap((it) => it.components);
  const { lines, own_troubles } = overview;
  const answer = headline(overview.headline, { components, lines, own_troubles }, words);
  return html`<a class="skip" href="#systems">${words.text('page.skip')}</a>
    ${bar ?? nothing}
    <div class="wrap">
      ${topBar('', parts)}
      ${staleness(words)}
      <main>
        <live-headline class="hero">${answer}</live-headline>
        ${openIncidents(overview, words)}
        ${nearMaintenanceList(overview.near_maintenances, words)}
        <div id="systems">${
          overview.systems.length === 0
            ? html`<p class="empty">${words.text('page.no_systems')}</p>`
            : overview.systems.map((it) => system(it, overview.near_maintenances, words))
        }</div>
        ${components.length > 0 ? legend(words) : nothing}
        ${recentIncidents(overview, components, words)}
        ${gapList(overview.gaps, words)}
      </main>
      ${footer(parts, { method: true })}
    </div>`;
}

/** Every state with its name, shape and bar, and the mark of an outage too short for one. */
function legend({ text }: Words): TemplateResult {
  const item = (state: State, bar: State | null, word: string) =>
    html`<li>${stateIcon(state)}<span class="bars"
      aria-hidden="true">${dayBar(bar)}</span>${word}</li>`;
  const known = STATES.filter((state) => state !== 'unknown');
  return html`<section class="legend" aria-labelledby="legend-title">
    <h2 id="legend-title" class="unseen">${text('page.legend')}</h2>
    <ul>${known.map((state) => item(state, state, text(`state.${state}`)))}
      ${item('unknown', null, text('page.legend_no_data'))}
      <li><span class="bars" aria-hidden="true">${dayBar('operational', true)}</span>${text(
        'page.legend_shorter',
      )}</li></ul></section>`;
}
