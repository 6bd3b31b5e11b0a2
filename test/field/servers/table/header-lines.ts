import { type OddServer, TITLE } from '../odd-server.ts';
import { HTML, html, LENGTH, OK, raw, reply, UTF8 } from '../reply.ts';

const SIZED = [UTF8, `Content-Length: ${LENGTH}`];
const with_line = (line: string) => raw([OK, line, ...SIZED]);

/** Lines of the head as servers write them. */
export const HEADER_LINES: readonly OddServer[] = [
  {
    id: 'lf-only',
    cases: 'R8',
    about: 'ends its lines by LF',
    serves: raw([OK, ...SIZED], html(), '\n'),
  },
  {
    id: 'lf-mixed',
    cases: 'R8',
    about: 'ends some lines by LF, others by CR LF',
    serves: raw([`${OK}\r\nX-A: b\nX-C: d`, ...SIZED]),
  },
  {
    id: 'lf-empty-line',
    cases: 'R8',
    about: 'ends its head by LF LF after CR LF lines',
    serves: Buffer.from(`${OK}\r\n${UTF8}\r\nContent-Length: ${LENGTH}\n\n${html()}`),
  },
  {
    id: 'cr-only',
    about: 'ends its lines by CR',
    serves: raw([OK, ...SIZED], html(), '\r'),
    judged: {
      outcome: 'not_well',
      because: 'a browser finds no end of the head, and shows nothing',
    },
  },
  {
    id: 'cr-within',
    about: 'has a CR within a value',
    serves: with_line('X-Powered-By: ASP\r.NET'),
  },
  {
    id: 'cr-twice',
    about: 'ends its lines by CR CR LF',
    serves: raw([OK, ...SIZED], html(), '\r\r\n'),
    judged: {
      outcome: 'not_well',
      because: 'a browser finds no end of the head, and shows nothing',
    },
  },
  { id: 'folded', cases: 'R9', about: 'folds a header', serves: with_line('X-Long: a\r\n  b') },
  {
    id: 'folded-by-tab',
    cases: 'R9',
    about: 'folds a header by a tab',
    serves: with_line('X-Long: a\r\n\tb'),
  },
  {
    id: 'folded-type',
    cases: 'R9',
    about: 'folds the charset into a second line',
    serves: raw([OK, 'Content-Type: text/html;\r\n charset=utf-8', `Content-Length: ${LENGTH}`]),
  },
  {
    id: 'folded-first',
    about: 'begins its headers with a folded line',
    serves: with_line(' continued: nothing'),
  },
  {
    id: 'control-character',
    cases: 'R9',
    about: 'has a control character in a value',
    serves: with_line('X-Session: a\x01b'),
  },
  { id: 'delete-character', about: 'has a DEL in a value', serves: with_line('X-A: a\x7fb') },
  { id: 'nul', about: 'has a NUL in a value', serves: with_line('X-A: a\x00b') },
  {
    id: 'gbk-value',
    about: 'has Chinese in GBK in a value',
    serves: with_line('Server: \xcb\xb0\xce\xf1'),
  },
  {
    id: 'utf8-value',
    about: 'has Chinese in UTF-8 in a value',
    serves: with_line(`Server: ${Buffer.from('税务').toString('latin1')}`),
  },
  {
    id: 'utf8-name',
    about: 'has Chinese in a name',
    serves: with_line(`${Buffer.from('服务').toString('latin1')}: a`),
  },
  {
    id: 'blank-before-colon',
    about: 'has a blank before a colon',
    serves: with_line('Server : a'),
  },
  {
    id: 'blank-before-colon-of-type',
    about: 'has a blank before the colon of its type and length',
    serves: raw([OK, 'Content-Type : text/html; charset=utf-8', `Content-Length : ${LENGTH}`]),
  },
  { id: 'no-blank-after-colon', about: 'has no blank after colons', serves: with_line('Server:a') },
  { id: 'no-colon', about: 'has a line without a colon', serves: with_line('nonsense') },
  { id: 'empty-name', about: 'has a header without a name', serves: with_line(': nameless') },
  { id: 'blank-in-name', about: 'has a blank in a name', serves: with_line('X Powered By: a') },
  { id: 'odd-name', about: 'has brackets in a name', serves: with_line('X[0](a)/b@c: d') },
  {
    id: 'status-line-twice',
    about: 'repeats its status line among its headers',
    serves: raw([OK, OK, ...SIZED]),
  },
  { id: 'empty-value', about: 'has a header without a value', serves: with_line('X-Empty:') },
  {
    id: 'pseudo-header',
    about: 'has a pseudo header of HTTP/2',
    serves: with_line(':status: 200'),
  },
  {
    id: 'status-header',
    about: 'says another status in a header',
    serves: with_line('Status: 500 Internal Server Error'),
  },
  {
    id: 'two-types',
    about: 'gives its type twice',
    serves: raw([OK, 'Content-Type: text/plain', ...SIZED]),
  },
  {
    id: 'no-type',
    about: 'gives no type',
    serves: raw([OK, `Content-Length: ${LENGTH}`]),
  },
  {
    id: 'empty-type',
    about: 'gives an empty type',
    serves: raw([OK, 'Content-Type: ', `Content-Length: ${LENGTH}`]),
  },
  {
    id: 'type-with-junk',
    about: 'gives a type with junk behind it',
    serves: raw([OK, 'Content-Type: text/html;;charset=utf-8;"', `Content-Length: ${LENGTH}`]),
  },
  {
    id: 'plain-text',
    about: 'calls its page plain text',
    serves: reply({ head: ['Content-Type: text/plain; charset=utf-8'] }),
    judged: {
      outcome: 'system',
      reason: 'not_recognised',
      because: 'a browser shows the source text',
    },
  },
  {
    id: 'nosniff',
    about: 'forbids guessing of its type',
    serves: reply({ head: ['X-Content-Type-Options: nosniff', HTML] }),
  },
  {
    id: 'xhtml-type',
    about: 'calls its page XHTML',
    serves: reply({
      head: ['Content-Type: application/xhtml+xml'],
      body: html()
        .replace('<!doctype', '<!DOCTYPE')
        .replace('<html>', '<html xmlns="http://www.w3.org/1999/xhtml">')
        .replace('<meta charset="utf-8">', ''),
    }),
  },
  {
    id: 'attachment',
    about: 'offers its page for download',
    serves: reply({ head: [UTF8, 'Content-Disposition: attachment; filename="a.html"'] }),
    judged: { outcome: 'not_well', because: 'a browser saves the page, and nobody gets in' },
  },
  {
    id: 'many-headers',
    about: 'sends 3,000 headers, its type last',
    serves: raw([
      OK,
      ...Array.from({ length: 3_000 }, (_, n) => `X-${n}: ${n}`),
      'Content-Type: text/html',
      `Content-Length: ${LENGTH}`,
    ]),
  },
  {
    id: 'length-last',
    about: 'gives its length after 2,500 headers and keeps its connection open',
    serves: (_, socket) => {
      const many = Array.from({ length: 2_500 }, (_, n) => `X-${n}: ${n}`);
      socket.write(raw([OK, UTF8, ...many, `Content-Length: ${LENGTH}`]));
      return null;
    },
  },
  {
    id: 'dispositions-differ',
    about: 'says inline and attachment',
    serves: reply({
      head: [UTF8, 'Content-Disposition: inline', 'Content-Disposition: attachment'],
    }),
  },
  {
    id: 'inline',
    about: 'says that its page is to be shown',
    serves: reply({ head: [UTF8, 'Content-Disposition: inline; filename="a.html"'] }),
  },
  {
    id: 'disposition-unknown',
    about: 'says a disposition that nobody knows',
    serves: reply({ head: [UTF8, 'Content-Disposition: page'] }),
  },
  {
    id: 'nosniff-no-type',
    about: 'gives no type and forbids guessing',
    serves: reply({ head: ['X-Content-Type-Options: nosniff'] }),
    judged: { outcome: 'not_well', because: 'a browser shows the source text' },
  },
  {
    id: 'type-invalid',
    about: 'gives a type that is none',
    serves: reply({ head: ['Content-Type: html'] }),
  },
  {
    id: 'type-any',
    about: 'gives the type */*',
    serves: reply({ head: ['Content-Type: */*'] }),
  },
  {
    id: 'html-as-image',
    about: 'calls its page an image',
    serves: reply({ head: ['Content-Type: image/png'] }),
    judged: { outcome: 'not_well', because: 'a browser shows a broken image' },
  },
  {
    id: 'html-as-json',
    about: 'calls its page JSON',
    serves: reply({ head: ['Content-Type: application/json'] }),
    judged: { outcome: 'not_well', because: 'a browser shows the source text' },
  },
  {
    id: 'two-charset-headers',
    about: 'gives its type twice with two charsets, the right one last',
    serves: reply({ head: ['Content-Type: text/html; charset=gbk', UTF8] }),
  },
  {
    id: 'charset-then-none',
    about: 'gives its type twice, the second time without a charset',
    serves: reply({ head: [UTF8, 'Content-Type: text/html'] }),
  },
  {
    id: 'octet-stream',
    about: 'calls its page a stream of octets',
    serves: reply({ head: ['Content-Type: application/octet-stream'] }),
  },
  {
    id: 'no-type-text',
    about: 'gives no type to a line of text',
    serves: reply({ head: [], body: 'busy' }),
    judged: { outcome: 'not_well', because: 'a browser shows the line' },
  },
  {
    id: 'xhtml-malformed',
    about: 'calls its page XHTML and is not well-formed after the title',
    serves: reply({
      head: ['Content-Type: application/xhtml+xml; charset=utf-8'],
      body: `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${TITLE}</title></head>
<body><p>a<br></p></body></html>`,
    }),
  },
  ...[
    ['accept', /^accept: *text\/html/im],
    ['accept-language', /^accept-language: *\w/im],
    ['accept-encoding', /^accept-encoding: .*gzip/im],
    ['host', /^host: *127\.0\.0\.1:\d+\r/im],
  ].map(([name, pattern]) => ({
    id: `needs-${name}`,
    about: `answers only those who send ${name} as browsers do`,
    serves: (request: string) =>
      (pattern as RegExp).test(request)
        ? reply()
        : reply({ status: '400 Bad Request', body: html('400') }),
  })),
];
