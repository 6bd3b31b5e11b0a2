import { mentionsCheck, namesCheck } from './words/checks.ts';
import { mentionsError, nameError } from './words/errors.ts';
import { mentionsMaintenance, namesMaintenance, saysMaintenanceNow } from './words/maintenance.ts';
import { partsOf, plain, sentencesOf } from './words/plain.ts';

/** What a page says of itself: it is under maintenance, checks its visitor, or is an error. */
export type Said = 'maintenance' | 'blocked' | 'error';

/** The length of a text that is nothing but one message. */
const MESSAGE_CHARACTERS = 60;

/**
 * What a title says beyond doubt, whatever else is on the page: "系统维护中", 404 Not Found. A title
 * that is about maintenance, such as "设备维护管理系统" or "关于系统升级的公告", says nothing.
 */
export function titleSays(title: string): Said | null {
  const parts = partsOf(title);
  if (parts.some(saysMaintenanceNow)) return 'maintenance';
  return nameError(parts) ? 'error' : null;
}

/** What the title names of a page on which nothing expected was seen: "系统升级公告", "安全验证". */
export function titleNames(title: string): Said | null {
  const said = titleSays(title);
  if (said !== null) return said;
  const parts = partsOf(title);
  if (parts.some(namesMaintenance) || namesMaintenance(plain(title))) return 'maintenance';
  return parts.some(namesCheck) ? 'blocked' : null;
}

/**
 * What a short text says of the present. "系统将于周六维护" is an announcement; a text that mentions
 * an error says so if there is nothing else in it.
 */
export function textSays(text: string): Said | null {
  const sentences = sentencesOf(text);
  if (sentences.some(saysMaintenanceNow)) return 'maintenance';
  if (sentences.some(namesCheck)) return 'blocked';
  const only = text.length <= MESSAGE_CHARACTERS && mentionsError(plain(text));
  return only || nameError(sentences.slice(0, 1)) ? 'error' : null;
}

/** What a short text mentions that stands in place of what was expected. */
export function textMentions(text: string): Said | null {
  if (saysMaintenance(text)) return 'maintenance';
  if (mentionsCheck(plain(text))) return 'blocked';
  return mentionsError(plain(text)) ? 'error' : null;
}

/** Whether a text mentions maintenance, be it under way or announced. */
export function saysMaintenance(text: string): boolean {
  return sentencesOf(text).some(mentionsMaintenance);
}
