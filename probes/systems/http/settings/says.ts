import type { CodeTable } from './codes.ts';
import type { Conditions, Wanted } from './places.ts';
import type { HttpStep } from './step.ts';

/** What conditions tell of an answer that meets them: a page of anybody may meet some of them. */

/** That something stands there; a page of anybody lacks whatever is not to be there. */
export function showsSomething({ json, xml, header, text }: Conditions): boolean {
  const wanted = [json, xml, header].flatMap((it) => Object.values(it ?? {}));
  return text !== undefined || wanted.some(isToBeThere);
}

/** That the answer is in the system's own protocol: a text, or a status, a page has too. */
export function showsValue({ json, xml = {}, header = {} }: Conditions): boolean {
  if (json !== undefined || Object.values(xml).some(isToBeThere)) return true;
  return Object.values(header).some((it) => isToBeThere(it) && !asksForExistence(it));
}

/** A status other than that with which pages come. */
export function namesOtherStatus({ status }: Conditions): boolean {
  return status !== undefined && ![status].flat().includes(200);
}

/** Of the answer to a step, that it is one: what it is, or a status that says it alone. */
export function tellsAnswer(conditions: Conditions): boolean {
  return showsSomething(conditions) || namesOtherStatus(conditions);
}

/** Whether the answer to a step shows more than that somebody answers. */
export function recognisesAnswer(step: HttpStep, codes: readonly CodeTable[]): boolean {
  const asked = [step.expect, step.repeat?.until].filter((it) => it !== undefined);
  const keeps = Object.keys(step.capture ?? {}).length > 0;
  // Of an answer with another status, none is asked for.
  const has_code = codes.some(({ ok }) => ok.length > 0) && !asked.some(namesOtherStatus);
  return keeps || has_code || asked.some(showsSomething);
}

export function isToBeThere(wanted: Wanted): boolean {
  return !asksForExistence(wanted) || wanted.exists;
}

function asksForExistence(wanted: Wanted): wanted is { exists: boolean } {
  return typeof wanted === 'object' && wanted !== null && 'exists' in wanted;
}
