import type { Locale, State } from '../../../model/vocabulary.ts';

/** What `/embed/{component or task}.json` answers, for the element on pages of other sites. */
export interface EmbeddedState {
  /** Of a component, `system.function`; or of a task. */
  id: string;
  state: State;
  /** When the oldest of what it rests on was measured; null: nothing is known. */
  measured_at: string | null;
  /** After this nothing of it is known any more; null: nothing is. */
  valid_until: string | null;
  /** In each language of the page, in its order. */
  texts: EmbeddedText[];
}

export interface EmbeddedText {
  lang: Locale;
  name: string;
  /** The state in words. */
  state: string;
  /** Who measures. */
  who: string;
}

/** Path of that, below the page. */
export function embeddedPath(id: string): string {
  return `embed/${encodeURIComponent(id)}.json`;
}
