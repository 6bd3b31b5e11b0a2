import { type OddServer, TITLE } from '../odd-server.ts';
import { html, reply } from '../reply.ts';

const body = (text: string) =>
  reply({
    body: `<!doctype html><html><head><meta charset="utf-8"><title>${TITLE}</title></head>
<body><h1>${TITLE}</h1>${text}</body></html>`,
  });

const TEXT = '请输入发票号码';
const text = { text: TEXT };
const hidden = (how: string) =>
  ({ outcome: 'system', reason: 'not_recognised', because: `nobody sees it: ${how}` }) as const;
const there = (how: string) =>
  ({ outcome: 'not_well', because: `what must not be there is shown: ${how}` }) as const;

/** Texts that a check expects to be shown, or not to be shown. */
export const EXPECTATIONS: readonly OddServer[] = [
  { id: 'text', about: 'shows the text', options: text, serves: body(`<p>${TEXT}</p>`) },
  {
    id: 'text-in-tags',
    about: 'shows the text across tags',
    options: text,
    serves: body('<p>请<b>输入</b><span>发票<!-- -->号码</span></p>'),
  },
  {
    id: 'text-references',
    cases: 'R5',
    about: 'shows the text written in references',
    options: text,
    serves: body(`<p>${[...TEXT].map((it) => `&#${it.codePointAt(0)};`).join('')}</p>`),
  },
  {
    id: 'text-late',
    cases: 'R7',
    about: 'shows the text behind 300 kB of script',
    options: text,
    serves: body(`<script>${'a();'.repeat(75_000)}</script><p>${TEXT}</p>`),
  },
  {
    id: 'text-in-table',
    about: 'shows the text in a table within a form within a link',
    options: text,
    serves: body(`<a href=/><form><table><tr><td>${TEXT}</td></tr></table></form></a>`),
  },
  {
    id: 'text-on-button',
    about: 'shows the text on a button',
    options: text,
    serves: body(`<button>${TEXT}</button>`),
  },
  {
    id: 'text-in-comment',
    about: 'has the text in a comment only',
    options: text,
    serves: body(`<p>登录</p><!-- ${TEXT} -->`),
    judged: hidden('a comment'),
  },
  {
    id: 'text-in-script',
    about: 'has the text in a script only',
    options: text,
    serves: body(`<p>登录</p><script>var t = "${TEXT}";</script>`),
    judged: hidden('a script'),
  },
  {
    id: 'text-in-attribute',
    about: 'has the text in an attribute only',
    options: text,
    serves: body(`<p>登录</p><meta name="description" content="${TEXT}">`),
    judged: hidden('an attribute'),
  },
  {
    id: 'text-not-displayed',
    about: 'has the text in an element that is not displayed',
    options: text,
    serves: body(`<p>登录</p><div style="display: none">${TEXT}</div>`),
    judged: hidden('not displayed'),
  },
  {
    id: 'text-hidden',
    about: 'has the text in a hidden element',
    options: text,
    serves: body(`<p>登录</p><div hidden>${TEXT}</div>`),
    judged: hidden('hidden'),
  },
  {
    id: 'text-in-noscript',
    about: 'has the text for those without scripts only',
    options: text,
    serves: body(`<p>登录</p><noscript>${TEXT}</noscript>`),
    judged: hidden('for those without scripts'),
  },
  {
    id: 'absent',
    about: 'does not show what must not be there',
    options: { title: TITLE, absent: '系统繁忙' },
    serves: body('<p>欢迎</p>'),
  },
  {
    id: 'absent-shown',
    about: 'shows what must not be there',
    options: { title: TITLE, absent: '系统繁忙' },
    serves: body('<p>系统<b>繁忙</b>，请稍后再试</p>'),
    judged: there('across tags'),
  },
  {
    id: 'absent-in-script',
    about: 'has what must not be there in a script only',
    options: { title: TITLE, absent: '系统繁忙' },
    serves: body('<p>欢迎</p><script>var busy = "系统繁忙";</script>'),
  },
  {
    id: 'min-text',
    about: 'shows as much text as expected',
    options: { min_text: 40 },
    serves: reply({ body: html() }),
  },
  {
    id: 'min-text-few',
    about: 'shows less text than expected',
    options: { min_text: 60 },
    serves: reply({ body: html() }),
    judged: { outcome: 'system', reason: 'not_recognised', because: 'it shows 42 characters' },
  },
];
