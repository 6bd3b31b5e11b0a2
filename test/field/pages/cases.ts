import { encode, utf16be } from './encode.ts';

/** A page as a server sends it. */
export interface PageCase {
  name: string;
  /** The header Content-Type; null: none. */
  type: string | null;
  body: Buffer;
}

const HTML = 'text/html';
const CHINESE = '<title>发票查验平台</title><p>你好,维护。';
const LONG = `<script>${'var a = "<b>维护</b>"; '.repeat(700)}</script>`;
const GBK_LONG = `<script>${'var a = "x"; '.repeat(1_400)}</script>`;
const META = '<meta charset="gb2312">';

function page(name: string, body: string | Buffer, type: string | null = HTML): PageCase {
  return { name, type, body: Buffer.from(body as string) };
}

/** The charset: what says it, and where. */
export const CHARSETS: PageCase[] = [
  page('header utf-8', CHINESE, 'text/html; charset=utf-8'),
  page('header gbk', encode(CHINESE, 'gbk'), 'text/html;charset=GBK'),
  page('header gb2312 quoted', encode(CHINESE, 'gbk'), 'text/html; Charset="gb2312"'),
  page('header gb18030 single quotes', encode(CHINESE, 'gbk'), "text/html; charset='gb18030'"),
  page('header big5', encode('<title>發票查驗</title><p>系統', 'big5'), 'text/html; charset=big5'),
  page(
    'header shift_jis',
    encode('<title>メンテナンス</title><p>日本', 'shift_jis'),
    'text/html; charset=Shift_JIS',
  ),
  page('header utf-16be', utf16be(CHINESE), 'text/html; charset=utf-16be'),
  page('header utf-16', Buffer.from(CHINESE, 'utf16le'), 'text/html; charset=utf-16'),
  page('header hz-gb-2312', encode(CHINESE, 'gbk'), 'text/html; charset=hz-gb-2312'),
  page('header unknown', META + CHINESE, 'text/html; charset=xyzzy'),
  page(
    'header unknown, meta gbk',
    encode(META + CHINESE, 'gbk'),
    'text/html; charset=unknown-8bit',
  ),
  page('header cp936, no meta', encode(CHINESE, 'gbk'), 'text/html; charset=cp936'),
  page('header utf-7, meta utf-8', `<meta charset=utf-8>${CHINESE}`, 'text/html; charset=utf-7'),
  page('header empty, meta gbk', encode(META + CHINESE, 'gbk'), 'text/html; charset='),
  page('header beats meta', `${META}${CHINESE}`, 'text/html; charset=utf-8'),
  page('header x-user-defined', encode(CHINESE, 'gbk'), 'text/html; charset=x-user-defined'),
  page('two charsets in the header', CHINESE, 'text/html; charset=utf-8; charset=gbk'),
  page('bom utf-8 beats header', Buffer.from(`\ufeff${CHINESE}`), 'text/html; charset=gbk'),
  page('bom utf-16le', Buffer.from(`\ufeff${CHINESE}`, 'utf16le')),
  page('bom utf-16be', utf16be(`\ufeff${CHINESE}`), 'text/html; charset=utf-8'),
  page('meta charset gbk', encode(`<meta charset="GBK">${CHINESE}`, 'gbk')),
  page('meta charset unquoted', encode(`<META CHARSET=gb2312>${CHINESE}`, 'gbk')),
  page('meta charset single quotes', encode(`<meta  charset = 'gb18030' />${CHINESE}`, 'gbk')),
  page(
    'meta http-equiv',
    encode(`<meta http-equiv="Content-Type" content="text/html; charset=gb2312">${CHINESE}`, 'gbk'),
  ),
  page(
    'meta content first',
    encode(`<meta content="text/html;charset=gb2312" http-equiv=content-type>${CHINESE}`, 'gbk'),
  ),
  page(
    'meta content without http-equiv',
    encode(`<meta name=x content="text/html;charset=gb2312">${CHINESE}`, 'gbk'),
  ),
  page('meta utf-16', `<meta charset="utf-16">${CHINESE}`),
  page('meta x-user-defined', encode(`<meta charset="x-user-defined">caf\x41`, 'gbk')),
  page('meta unknown', `<meta charset="xyzzy">${CHINESE}`),
  page('meta unknown, then gbk', encode(`<meta charset="xyzzy">${META}${CHINESE}`, 'gbk')),
  page('meta in a comment', encode(`<!-- <meta charset="utf-8"> -->${META}${CHINESE}`, 'gbk')),
  page(
    'meta in a script',
    encode(`<script>"<meta charset='utf-8'>"</script>${META}${CHINESE}`, 'gbk'),
  ),
  page(
    'meta in an attribute',
    encode(`<html data-x="<meta charset=utf-8>"><head>${META}${CHINESE}`, 'gbk'),
  ),
  page('meta behind the title', encode(`<title>发票查验平台</title>${META}<p>你好`, 'gbk')),
  page('meta behind 16 kB of script', encode(`<head>${GBK_LONG}${META}${CHINESE}`, 'gbk')),
  page(
    'meta behind 16 kB of style and title',
    encode(`<head><title>发票</title><style>${'a{} '.repeat(4_500)}</style>${META}<p>你好`, 'gbk'),
  ),
  page(
    'meta in the body behind 16 kB',
    encode(`<body><p>${'好'.repeat(9_000)}</p>${META}${CHINESE}`, 'gbk'),
  ),
  page('meta in the body within 1 kB', encode(`<body><p>你好</p>${META}${CHINESE}`, 'gbk')),
  page('xml declaration', encode(`<?xml version="1.0" encoding="gb2312"?>${CHINESE}`, 'gbk')),
  page(
    'xhtml',
    encode(
      '<?xml version="1.0" encoding="gb2312"?><html xmlns="http://www.w3.org/1999/xhtml">' +
        '<head><script src="a.js" /><title>发票查验平台</title></head><body><p>你好</p></body></html>',
      'gbk',
    ),
    'application/xhtml+xml',
  ),
  page('xml', encode('<?xml version="1.0" encoding="GBK"?><a><b>你好</b></a>', 'gbk'), 'text/xml'),
  page('xml in utf-8', '<a><b>你好</b></a>', 'application/xml'),
  page('nothing says it, gbk', encode(CHINESE.repeat(4), 'gbk')),
  page('nothing says it, utf-8', CHINESE.repeat(4)),
  page('json in utf-8', '{"message":"系统维护"}', 'application/json'),
  page('json with bom', '\ufeff{"message":"系统维护"}', 'application/json'),
  page(
    'json gbk by header',
    encode('{"message":"系统维护"}', 'gbk'),
    'application/json; charset=gbk',
  ),
  page('text gbk by header', encode('系统维护', 'gbk'), 'text/plain; charset=gbk'),
  page('text looks like html', '<title>a</title><p>b', 'text/plain; charset=utf-8'),
  page('no type, html', '<!doctype html><title>a</title><p>b', null),
  page('no type, text', 'just text', null),
  page('no type, title first', '<title>发票</title><meta charset=utf-8><p>b', null),
];

/** The title: where it is, and how it is written. */
export const TITLES: PageCase[] = [
  page('plain', '<title>Invoices</title>'),
  page('white space', '<title>\n\t In\u00a0voices \r\n and   more\f </title>'),
  page(
    'character references',
    '<title>&#21457;&#x7968; &amp; A&nbsp;B &lt;b&gt; &copy &notit;</title>',
  ),
  page('numeric references of windows-1252', '<title>&#128;&#147;x&#148;&#0;&#xD800;</title>'),
  page('markup inside', '<title>a <b>b</b> <!-- c --></title>'),
  page('attributes', '<TITLE lang="zh" id=x>a</TITLE >'),
  page('not closed', '<title>a<p>b'),
  page('self-closing', '<title/>a</title>'),
  page('empty, then another', '<title></title><title>b</title>'),
  page('two', '<title>a</title><title>b</title>'),
  page('in a comment', '<!-- <title>a</title> --><title>b</title>'),
  page('in an odd comment', '<!--><title>a</title> --><title>b</title>'),
  page('comment ended oddly', '<!-- <title>a</title> --!><title>b</title>'),
  page('in a script', '<script>"<title>a</title>"</script><title>b</title>'),
  page(
    'in an escaped script',
    '<script><!-- <script> </script> <title>a</title> --></script><title>b</title>',
  ),
  page('in a style', '<style><title>a</title></style><title>b</title>'),
  page('in a template', '<template><title>a</title></template><title>b</title>'),
  page('in noscript', '<noscript><title>a</title></noscript><title>b</title>'),
  page('in a textarea', '<textarea><title>a</title></textarea><title>b</title>'),
  page('in svg', '<svg><title>a</title></svg><title>b</title>'),
  page('in svg only', '<p>x<svg><title>a</title></svg>'),
  page('in foreignObject', '<svg><foreignObject><title>a</title></foreignObject></svg>'),
  page('in math', '<math><title>a</title></math><title>b</title>'),
  page('in the body', '<body><p>x</p><title>a</title>'),
  page('in an iframe', '<iframe><title>a</title></iframe><title>b</title>'),
  page('in an attribute', '<p title="<title>a</title>">x<title>b</title>'),
  page('in a table', '<table><tr><title>a</title><td>x</table>'),
  page('in a select', '<select><title>a</title><option>x</select>'),
  page('behind 16 kB of script', `<head>${LONG}<title>b</title>`),
  page('behind 64 kB of comment', `<!-- ${'x'.repeat(65_536)} --><title>b</title>`),
  page('behind 64 kB of white space', `${' '.repeat(65_536)}<title>b</title>`),
  page('of a frameset', '<title>a</title><frameset><frame src="about:blank"></frameset>'),
  page('NUL', '<title>a\0b</title>'),
  page('processing instruction', '<?php <title>a</title> ?><title>b</title>'),
  page('CDATA in HTML', '<![CDATA[<title>a</title>]]><title>b</title>'),
  page('unclosed quote', '<p class="a><title>a</title>'),
  page('plaintext', '<plaintext><title>a</title>'),
  page('xmp', '<xmp><title>a</title></xmp><title>b</title>'),
  page('noembed', '<noembed><title>a</title></noembed><title>b</title>'),
  page(
    'svg document',
    '<svg xmlns="http://www.w3.org/2000/svg"><title>a</title></svg>',
    'image/svg+xml',
  ),
  page('bidi and zero width', '<title>a\u200b\u202eb\u3000c</title>'),
].map((it) => ({ ...it, type: it.type === HTML ? 'text/html; charset=utf-8' : it.type }));

/** The visible text: what counts, and what does not. */
export const TEXTS: PageCase[] = [
  page('paragraphs', '<p>a<p>b<div>c</div>d'),
  page('inline', '<p>a<b>b</b><span> c </span>d<br>e'),
  page('white space', '<p>  a \n\n b\t c&nbsp;&nbsp;d  </p>'),
  page('script and style', '<p>a<script>b</script><style>c</style>d'),
  page('noscript', '<p>a<noscript>enable scripts</noscript>b'),
  page('template', '<p>a<template>b</template>c'),
  page('title and head', '<head><title>t</title><meta name=a content=b></head><p>a'),
  page('hidden attribute', '<p>a</p><p hidden>b</p><div hidden="">c</div><p>d'),
  page('hidden until found', '<p>a</p><p hidden="until-found">b</p><p>d'),
  page(
    'display none',
    '<p>a</p><p style="display:none">b</p><p style="color:red; DISPLAY : NONE !important">c</p>',
  ),
  page('display none overruled', '<p style="display:none;display:block">a</p>'),
  page('visibility hidden', '<p>a</p><p style="visibility:hidden">b</p>c'),
  page(
    'visible in hidden',
    '<p style="visibility:hidden">b<b style="visibility:visible">c</b></p>',
  ),
  page('opacity', '<p style="opacity:0">a</p>b'),
  page('nested in hidden', '<div hidden><div>a</div><p>b</div>c'),
  page('hidden paragraph ended by a block', '<p hidden>a<div>b</div>'),
  page('hidden list item', '<ul><li hidden>a<li>b<li>c</ul>'),
  page('image', '<p>a<img src=x alt=b>c'),
  page('input', '<p>a<input value=b><input type=submit value=c><button>d</button>'),
  page('textarea', '<p>a<textarea>b</textarea>c'),
  page('select', '<p>a<select><option>b<option>c</select>d'),
  page('datalist', '<p>a<datalist><option>b</datalist>c'),
  page(
    'details',
    '<details><summary>a</summary>b</details><details open><summary>c</summary>d</details>',
  ),
  page('dialog', '<p>a<dialog>b</dialog><dialog open>c</dialog>'),
  page('iframe', '<p>a<iframe>b</iframe>c'),
  page('object', '<p>a<object>b</object>c'),
  page('video', '<p>a<video>b</video><audio>c</audio><canvas>d</canvas>e'),
  page('svg', '<p>a<svg><title>t</title><text>b</text></svg>c'),
  page('table', '<table><caption>a</caption><tr><td>b<td>c<tr><td>d</table>'),
  page('comment', '<p>a<!-- b -->c'),
  page('references', '<p>&#21457;&#31080;&nbsp;&lt;b&gt;'),
  page('pre', '<pre> a\n  b </pre>'),
  page('ruby', '<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>'),
  page(
    'frameset',
    '<title>t</title><frameset><frame src="about:blank"><noframes>b</noframes></frameset>',
  ),
  page('noframes', '<p>a<noframes>b</noframes>c'),
  page('misnested', '<p>a<b>b<p>c</b>d'),
  page('area and map', '<map><area alt=a></map>b'),
  page('aria-hidden', '<p aria-hidden=true>a'),
  page('zero width', '<p>a\u200bb\u00adc\ufeffd'),
  page('empty body', '<html><head></head><body></body></html>'),
  page('application shell', '<title>t</title><div id="app"></div><script src="a.js"></script>'),
  page('json', '{"code":500}', 'application/json'),
  page('plain', 'OK', 'text/plain'),
  page('progress and meter', '<p>a<progress>b</progress><meter>c</meter>d'),
  page('fieldset', '<fieldset><legend>a</legend><label>b</label></fieldset>'),
  page('marquee', '<marquee>a</marquee><center>b</center><font>c</font>'),
].map((it) => ({ ...it, type: it.type === HTML ? 'text/html; charset=utf-8' : it.type }));

export const PAGES: Record<string, PageCase[]> = {
  charsets: CHARSETS,
  titles: TITLES,
  texts: TEXTS,
};
