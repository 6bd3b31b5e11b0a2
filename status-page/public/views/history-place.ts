import type { ComponentId } from '../../../model/vocabulary.ts';

/**
 * Histories are most of a front page and change rarely, so they are rendered separately, cached,
 * and inserted at placeholders: an id between two characters of Unicode's private use area.
 */
const PLACE = /\uE000([^\uE001]*)\uE001/g;

export function historyPlace(component: ComponentId): string {
  return `\uE000${component}\uE001`;
}

/** Inserts the HTML of each history at its placeholder. */
export function fillHistoryPlaces(html: string, historyOf: (component: ComponentId) => string) {
  return html.replace(PLACE, (_, component: ComponentId) => historyOf(component));
}
