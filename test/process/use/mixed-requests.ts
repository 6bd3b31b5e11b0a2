import { LOCALES } from '../../../model/vocabulary.ts';

/** A request of the mix, and what it is answered with. */
export interface MixedRequest {
  method: 'GET' | 'POST';
  /** `{n}` stands for a number that no other request has. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** `refused`: any 4xx. */
  answer: 200 | 304 | 404 | 'refused';
}

const BROWSER = { 'accept-encoding': 'gzip' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': 'gzip' };
/** As the browser says of a form on our own page. */
const OWN_FORM = { ...FORM, 'sec-fetch-site': 'same-origin' };

/** What readers, programs, scanners and robots ask a page for, one after the other. */
export const MIXED: readonly MixedRequest[] = [
  ...LOCALES.flatMap((locale) => [
    read(`/${locale}/`),
    known(`/${locale}/`),
    read(`/${locale}/history.atom`),
    read(`/${locale}/api/v2/summary.json`),
    read(`/${locale}/subscribe`),
    read(`/${locale}/badge/beijing.query.svg`),
  ]),
  read('/'),
  read('/?utm_source={n}'),
  read('/api/v2/status.json'),
  known('/api/v2/summary.json'),
  read('/api/v2/incidents.json?t={n}'),
  read('/history.rss'),
  known('/history.json'),
  read('/maintenance.ics'),
  read('/embed/beijing.query.json'),
  wrong('/wp-login.php'),
  wrong('/nothing-{n}'),
  wrong('/en/nothing/{n}'),
  wrong('/zh-CN/incidents/{n}'),
  wrong('//badge//{n}'),
  sent('/zh-CN/subscribe', OWN_FORM, 'channel=email&email=nobody-{n}&scope=all'),
  sent('/en/subscribe', FORM, 'channel=email&email=reader-{n}@mail.example&scope=all'),
  sent('/unsubscribe?token={n}', OWN_FORM, ''),
  sent('/admin/zh-CN/sign-in', OWN_FORM, 'token=guess-{n}'),
];

/** The n-th request of the endless mix. */
export function mixedRequest(n: number): MixedRequest {
  const request = MIXED[n % MIXED.length];
  if (request === undefined) throw new Error(`there is no request ${n}`);
  const number = n.toString(36).padStart(12, '0');
  const named = (text: string) => text.replaceAll('{n}', number);
  return { ...request, path: named(request.path), body: named(request.body) };
}

function read(path: string): MixedRequest {
  return { method: 'GET', path, headers: BROWSER, body: '', answer: 200 };
}

/** Asked for by someone who has it. */
function known(path: string): MixedRequest {
  return { ...read(path), headers: { ...BROWSER, 'if-none-match': '*' }, answer: 304 };
}

function wrong(path: string): MixedRequest {
  return { ...read(path), answer: 404 };
}

function sent(path: string, headers: MixedRequest['headers'], body: string): MixedRequest {
  return { method: 'POST', path, headers, body, answer: 'refused' };
}
