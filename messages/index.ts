/**
 * Renders facts as text. Nothing here loads a language, so browsers may import it: servers use
 * `createWords` of catalogue.ts, browsers `loadPageWords` of page.ts.
 */
export { advice } from './advice.ts';
export { languageName } from './fallback.ts';
export {
  correctionText,
  functionClause,
  incidentTitle,
  updateBody,
  updateTitle,
} from './incidents.ts';
export type { MessageKey, SubscriptionKey } from './keys.ts';
export {
  accountingText,
  maintenanceChatText,
  maintenanceFacts,
  maintenanceStatus,
  maintenanceTime,
  maintenanceUpdateBody,
  maintenanceUpdateStatus,
  recoveryTerm,
  type SystemScope,
  scopeText,
} from './maintenances.ts';
export { noteSentence, reasonText } from './notes.ts';
export {
  gapSentence,
  gapTimes,
  ownTroubleEffect,
  ownTroubleName,
  ownTroubleText,
} from './own-trouble.ts';
export { taskText, wellText } from './tasks.ts';
export { type Catalogues, createText, type Text } from './text.ts';
export { isBeginning, verdictClauses, verdictSentence } from './verdict.ts';
export { mainSentences, stateName, whySentences } from './why.ts';
export type { PageWords, Words } from './words.ts';
