import { NUMBERS } from '../../model/numbers.ts';
import { type Page, readNotice } from '../page/page.ts';
import { saysMaintenance, titleNames, titleSays } from '../page/says.ts';
import { pathNamesMaintenance, saysMaintenanceNow } from '../page/words/maintenance.ts';
import { sentencesOf } from '../page/words/plain.ts';
import type { Answer } from './answer.ts';
import { mediaType, textOf } from './text.ts';

/** What is said in an answer that is not the one expected; null if it cannot be decoded. */
export function noticeIn(answer: Answer): Page | null {
  const text = textOf(answer);
  if (!text.ok) return null;
  return readNotice({
    text: text.value,
    media_type: mediaType(answer.headers),
    body: answer.body,
  });
}

/**
 * Whether an answer with another status than the expected one declares maintenance: a redirect to a
 * maintenance page, an error with the header `X-Maintenance`, or one whose page says so. A page
 * that is not there, and one with a menu and news, must say it of now: it may mention what might be
 * the matter, or what is planned.
 */
export function declaresMaintenance(answer: Answer, notice = noticeIn(answer)): boolean {
  const { status, headers } = answer;
  if (status >= 300 && status < 400) return leadsToMaintenance(answer);
  if (status < 400) return false;
  const has_failed = status >= 500;
  if (has_failed && headers['x-maintenance'] !== undefined) return true;
  if (notice === null) return false;
  const { title, text } = notice;
  if ((has_failed ? titleNames : titleSays)(title) === 'maintenance') return true;
  return has_failed && text.length <= NUMBERS.page.notice_characters
    ? saysMaintenance(text)
    : sentencesOf(text).some(saysMaintenanceNow);
}

/** A folder of that name may be an application for the maintenance of other things. */
const FOLDER = /\/maintenance\/?$/i;

function leadsToMaintenance({ url, headers: { location } }: Answer): boolean {
  if (typeof location !== 'string' || pathNamesMaintenance(url.pathname)) return false;
  const path = URL.parse(location, url)?.pathname ?? '';
  return pathNamesMaintenance(path) && !FOLDER.test(path);
}
