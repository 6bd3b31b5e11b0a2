/**
 * Facts put into words, and what they are put into words with. Nothing here loads a language, so
 * browsers may import it: servers speak with `createWords` of catalogue.ts, browsers with
 * `loadPageWords` of page.ts.
 */
export { languageName } from './fallback.ts';
export { functionOf, incidentTitle, updateBody } from './incidents.ts';
export type { DemoKey, MessageKey, PageKey, SubscriptionKey } from './keys.ts';
export {
  maintenanceChatText,
  maintenanceFacts,
  maintenanceUpdateBody,
  recoveryTerm,
  type SystemScope,
  scopeText,
} from './maintenances.ts';
export { noteSentence, reasonText } from './notes.ts';
export { type Catalogues, createText, type Text } from './text.ts';
export { advice, verdictClauses, verdictSentence } from './verdict.ts';
export type { PageWords, Words, WordsOptions } from './words.ts';
