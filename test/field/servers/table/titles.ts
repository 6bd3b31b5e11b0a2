import { type OddServer, TITLE } from '../odd-server.ts';
import { html, reply } from '../reply.ts';

const body = (text: string) => reply({ body: text });
const decimal = [...TITLE].map((it) => `&#${it.codePointAt(0)};`).join('');
const hex = [...TITLE].map((it) => `&#x${it.codePointAt(0)?.toString(16)};`).join('');
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>图标</title></svg>';

const elsewhere = (what: string) =>
  ({
    outcome: 'system',
    reason: 'not_recognised',
    because: `the page has no title: ${what}`,
  }) as const;

/** Titles as pages have them. */
export const TITLES: readonly OddServer[] = [
  {
    id: 'decimal',
    cases: 'R5',
    about: 'writes its title in references',
    serves: body(html(decimal)),
  },
  { id: 'hex', cases: 'R5', about: 'writes its title in hex references', serves: body(html(hex)) },
  {
    id: 'references-unended',
    cases: 'R5',
    about: 'leaves the semicolons of references out',
    serves: body(html(decimal.replaceAll(';', ' ').trim())),
    options: { title: '全 国 增 值' },
  },
  {
    id: 'named',
    cases: 'R5',
    about: 'has named references in its title',
    options: { title: '«平台» — ©' },
    serves: body(html('发票&nbsp;&amp;&nbsp;查验 &laquo;平台&raquo; &mdash; &copy')),
  },
  {
    id: 'amp-twice',
    cases: 'R5',
    about: 'has an escaped reference in its title',
    options: { title: 'A&amp;B' },
    serves: body(html('A&amp;amp;B')),
  },
  {
    id: 'ampersand-alone',
    cases: 'R5',
    about: 'has an ampersand as it is',
    options: { title: 'R&D 发票 & 查验' },
    serves: body(html('R&D 发票 & 查验')),
  },
  {
    id: 'windows-reference',
    cases: 'R5',
    about: 'has references of Windows characters',
    options: { title: '发票–查验' },
    serves: body(html('发票&#150;查验')),
  },
  {
    id: 'angle-references',
    cases: 'R5',
    about: 'has angle brackets as references',
    options: { title: '<发票>' },
    serves: body(html('&lt;发票&gt;')),
  },
  {
    id: 'behind-script',
    cases: 'R7',
    about: 'has its title behind 16 kB of script',
    serves: body(`<html><head><script>${'a();'.repeat(4_096)}</script>${html()}`),
  },
  {
    id: 'behind-style',
    cases: 'R7',
    about: 'has its title behind 100 kB of style',
    serves: body(`<html><head><style>${'p>a{top:0}'.repeat(10_000)}</style>${html()}`),
  },
  {
    id: 'behind-comment',
    cases: 'R7',
    about: 'has its title behind a comment of 60 kB',
    serves: body(`<!--${'- '.repeat(30_000)}-->${html()}`),
  },
  {
    id: 'behind-data',
    cases: 'R7',
    about: 'has its title behind an icon of 80 kB',
    serves: body(`<link rel=icon href="data:image/png;base64,${'A'.repeat(80_000)}">${html()}`),
  },
  {
    id: 'capitals',
    about: 'writes TITLE',
    serves: body(`<HTML><TITLE>${TITLE}</TITLE><P>a</HTML>`),
  },
  {
    id: 'attributes',
    about: 'has attributes in its title tag',
    serves: body(`<html><title data-a="x>y" lang=zh>${TITLE}</title><p>a</p></html>`),
  },
  {
    id: 'spread',
    about: 'spreads its title over lines',
    options: { title: '发票 查验 平台' },
    serves: body(html('\n\t发票\n   查验\t\t平台\n')),
  },
  {
    id: 'closed-with-blank',
    about: 'closes its title with a blank',
    serves: body(`<html><title>${TITLE}</title\n ><p>a</p></html>`),
  },
  {
    id: 'tags-in-title',
    about: 'has tags in its title',
    options: { title: '<b>发票</b>查验' },
    serves: body(html('<b>发票</b>查验')),
  },
  {
    id: 'unclosed',
    about: 'never closes its title',
    serves: body(`<html><head><title>${TITLE}`),
    judged: {
      outcome: 'ok',
      because: 'the title is there, and it is what a browser shows',
    },
  },
  {
    id: 'two-titles',
    about: 'has two titles, the expected one first',
    serves: body(html(TITLE, '<title>其他</title>')),
  },
  {
    id: 'two-titles-second',
    about: 'has two titles, the expected one second',
    serves: body(html('其他', `<title>${TITLE}</title>`)),
    judged: elsewhere('the first one counts'),
  },
  {
    id: 'in-comment',
    about: 'has another title in a comment first',
    serves: body(`<!-- <title>其他</title> -->${html()}`),
  },
  {
    id: 'only-in-comment',
    about: 'has its title in a comment only',
    serves: body(`<html><!-- <title>${TITLE}</title> --><p>登录</p></html>`),
    judged: elsewhere('a comment'),
  },
  {
    id: 'in-script',
    about: 'has another title in a script first',
    serves: body(`<html><script>var t = "<title>其他</title>";</script>${html()}`),
  },
  {
    id: 'only-in-script',
    about: 'has its title in a script only',
    serves: body(`<html><script>var t = "<title>${TITLE}</title>";</script><p>登录</p></html>`),
    judged: elsewhere('a script'),
  },
  {
    id: 'only-in-textarea',
    about: 'has its title in a textarea only',
    serves: body(`<html><body><textarea><title>${TITLE}</title></textarea></html>`),
    judged: elsewhere('a textarea'),
  },
  {
    id: 'only-in-attribute',
    about: 'has its title in an attribute only',
    serves: body(`<html><body><p data-a="<title>${TITLE}</title>">登录</p></html>`),
    judged: elsewhere('an attribute'),
  },
  {
    id: 'only-in-template',
    about: 'has its title in a template only',
    serves: body(`<html><body><template><title>${TITLE}</title></template><p>登录</p></html>`),
    judged: elsewhere('a template'),
  },
  {
    id: 'svg-first',
    about: 'has the title of an SVG first',
    serves: body(`<html><body>${SVG}<title>${TITLE}</title><p>a</p></body></html>`),
  },
  {
    id: 'svg-only',
    about: 'has its title in an SVG only',
    serves: body(`<html><body>${SVG.replace('图标', TITLE)}<p>登录</p></body></html>`),
    judged: elsewhere('an SVG'),
  },
  {
    id: 'in-body',
    about: 'has its title in its body',
    serves: body(`<html><body><p>a</p><title>${TITLE}</title></body></html>`),
  },
  {
    id: 'no-html',
    about: 'has no html element',
    serves: body(`<title>${TITLE}</title>发票查验`),
  },
  {
    id: 'nested-page',
    about: 'has a page in a page',
    serves: body(`<html><head></head><body>${html()}</body></html>`),
  },
  {
    id: 'prefixed',
    about: 'has unknown elements with prefixes first',
    serves: body(`<o:p xmlns:o="urn:a"></o:p>${html()}`),
  },
  {
    id: 'processing-instruction',
    about: 'begins with PHP that nobody ran',
    serves: body(`<?php echo "<title>其他</title>"; ?>${html()}`),
  },
  {
    id: 'warning-first',
    about: 'begins with a PHP warning',
    serves: body(`<br />\n<b>Warning</b>: mysql_connect() in <b>/a.php</b><br />${html()}`),
  },
  {
    id: 'noscript-title',
    about: 'has another title in noscript',
    serves: body(`<html><head><noscript><title>请启用脚本</title></noscript>${html()}`),
  },
  ...[
    ['cdata', `<title><![CDATA[${TITLE}]]></title>`],
    ['references', `<title>${hex}</title>`],
    ['comment', `<title>${TITLE.slice(0, 4)}<!-- -->${TITLE.slice(4)}</title>`],
    ['script', `<script src="a.js"/><title>${TITLE}</title>`],
    ['style', `<style type="text/css"/><link rel="a" href="b"/><title>${TITLE}</title>`],
    ['instruction', `<?a b?><title>${TITLE}</title>`],
  ].map(([what, head]) => ({
    id: `xhtml-${what}`,
    about: `is XHTML with ${what} in its head`,
    serves: reply({
      head: ['Content-Type: application/xhtml+xml; charset=utf-8'],
      body: `<html xmlns="http://www.w3.org/1999/xhtml"><head>${head}</head>
<body><p>a</p></body></html>`,
    }),
  })),
  {
    id: 'xhtml-prefix',
    about: 'is XHTML with a prefix',
    serves: reply({
      head: ['Content-Type: application/xhtml+xml; charset=utf-8'],
      body: `<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>${TITLE}</h:title>
</h:head><h:body><h:p>a</h:p></h:body></h:html>`,
    }),
  },
  {
    id: 'xhtml-entities',
    about: 'is XHTML with entities of its document type',
    options: { title: '查验平台' },
    serves: reply({
      head: ['Content-Type: application/xhtml+xml; charset=utf-8'],
      body: `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>&laquo;查验平台&raquo;</title></head>
<body><p>a</p></body></html>`,
    }),
  },
  {
    id: 'xhtml-no-namespace',
    about: 'calls its page XHTML and names no namespace',
    serves: reply({
      head: ['Content-Type: application/xhtml+xml; charset=utf-8'],
      body: `<html><head><title>${TITLE}</title></head><body><p>a</p></body></html>`,
    }),
    judged: { outcome: 'not_well', because: 'a browser shows the source of XML' },
  },
  {
    id: 'xml-page',
    about: 'calls its XHTML text/xml',
    serves: reply({
      head: ['Content-Type: text/xml; charset=utf-8'],
      body: `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${TITLE}</title></head>
<body><p>a</p></body></html>`,
    }),
  },
  {
    id: 'svg-document',
    about: 'is an SVG with a title',
    serves: reply({
      head: ['Content-Type: image/svg+xml'],
      body: `<svg xmlns="http://www.w3.org/2000/svg"><title>${TITLE}</title>
<text y="20">a</text></svg>`,
    }),
  },
  {
    id: 'full-width',
    about: 'has characters beyond the basic plane in its title',
    options: { title: '𠮷祥发票' },
    serves: body(html('&#x20BB7;祥发票')),
  },
  {
    id: 'nul-in-title',
    about: 'has a NUL in its page',
    serves: body(html(TITLE, '<!-- \0 -->')),
  },
];
