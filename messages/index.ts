export { CATALOGUES, type Catalogue, type MessageKey } from './catalogue.ts';
export { functionOf, incidentTitle, updateBody } from './incidents.ts';
export {
  maintenanceChatText,
  maintenanceFacts,
  maintenanceUpdateBody,
  recoveryTerm,
  type SystemScope,
  scopeText,
} from './maintenances.ts';
export { noteSentence, reasonText } from './notes.ts';
export { advice, verdictClauses, verdictSentence } from './verdict.ts';
export { createWords, type Words } from './words.ts';
