import type { ComponentId } from '../../../model/vocabulary.ts';

/**
 * Histories are most of a front page and change seldom. They are rendered apart, kept, and put into
 * the page at the places left for them: an id between two characters of Unicode's private use area.
 */
const PLACE = /\uE000([^\uE001]*)\uE001/g;

export function historyPlace(component: ComponentId): string {
  return `\uE000${component}\uE001`;
}

/** Puts the HTML of each history into its place. */
export function fillHistoryPlaces(html: string, historyOf: (component: ComponentId) => string) {
  return html.replace(PLACE, (_, component: ComponentId) => historyOf(component));
}
