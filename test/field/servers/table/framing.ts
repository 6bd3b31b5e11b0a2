import { type OddServer, TITLE } from '../odd-server.ts';
import { html, inParts, LENGTH, OK, raw, reply, UTF8 } from '../reply.ts';

const PAGE = Buffer.from(html());
const SIZED = [UTF8, `Content-Length: ${LENGTH}`];
const CHUNKED = [OK, UTF8, 'Transfer-Encoding: chunked'];
const HEX = LENGTH.toString(16);

const chunk = (size = HEX, end = '\r\n') =>
  Buffer.concat([Buffer.from(`${size}${end}`), PAGE, Buffer.from(end)]);
const chunked = (head: readonly string[], ...parts: (string | Buffer)[]) =>
  raw(head, Buffer.concat(parts.map((part) => Buffer.from(part as Buffer))));
const LAST = '0\r\n\r\n';

const CUT = 'what is shorter than it said is broken';

/** How an answer begins, and how its end is told. */
export const FRAMING: readonly OddServer[] = [
  { id: 'plain', about: 'has nothing odd', serves: reply() },
  { id: 'http-1.0', about: 'speaks HTTP/1.0', serves: raw(['HTTP/1.0 200 OK', UTF8]) },
  { id: 'no-reason', about: 'gives no reason', serves: raw(['HTTP/1.1 200', ...SIZED]) },
  {
    id: 'no-reason-blank',
    about: 'gives no reason but a blank',
    serves: raw(['HTTP/1.1 200 ', ...SIZED]),
  },
  {
    id: 'reason-gbk',
    about: 'gives its reason in GBK',
    serves: raw(['HTTP/1.1 200 \xb3\xc9\xb9\xa6', ...SIZED]),
  },
  {
    id: 'two-blanks',
    about: 'puts two blanks into its status line',
    serves: raw(['HTTP/1.1  200 OK', ...SIZED]),
  },
  {
    id: 'tab-in-status-line',
    about: 'separates its status by a tab',
    serves: raw(['HTTP/1.1\t200\tOK', ...SIZED]),
  },
  {
    id: 'lower-case-version',
    about: 'writes http/1.1 small',
    serves: raw(['http/1.1 200 OK', ...SIZED]),
  },
  { id: 'http-1.2', about: 'says HTTP/1.2', serves: raw(['HTTP/1.2 200 OK', ...SIZED]) },
  { id: 'http-2.0', about: 'says HTTP/2.0 in text', serves: raw(['HTTP/2.0 200 OK', ...SIZED]) },
  { id: 'http-1', about: 'says HTTP/1', serves: raw(['HTTP/1 200 OK', ...SIZED]) },
  {
    id: 'icy',
    about: 'says ICY 200 OK',
    serves: raw(['ICY 200 OK', ...SIZED]),
    judged: { outcome: 'not_well', because: 'a browser shows the source text' },
  },
  {
    id: 'blank-lines-first',
    about: 'begins with empty lines',
    serves: Buffer.concat([Buffer.from('\r\n\r\n'), reply()]),
  },
  {
    id: 'one-empty-line-first',
    about: 'begins with one empty line',
    serves: Buffer.concat([Buffer.from('\r\n'), reply()]),
  },
  {
    id: 'junk-first',
    about: 'has three bytes of junk before its answer',
    serves: Buffer.concat([Buffer.from('xyz'), reply()]),
  },
  {
    id: 'bom-first',
    about: 'has a byte order mark before its status line',
    serves: Buffer.concat([Buffer.from('efbbbf', 'hex'), reply()]),
  },
  {
    id: 'much-junk-first',
    about: 'has a line of junk before its answer',
    serves: Buffer.concat([Buffer.from('Warning: include(): failed\n'), reply()]),
  },
  { id: 'http-0.9', about: 'sends a page without any head', serves: Buffer.from(html()) },
  {
    id: 'early-hints',
    about: 'sends 103 three times first',
    serves: Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(3)), reply()]),
  },
  {
    id: 'continue',
    about: 'says 100 unasked first',
    serves: Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), reply()]),
  },
  {
    id: 'processing',
    about: 'says 102 with headers first',
    serves: Buffer.concat([Buffer.from('HTTP/1.1 102 Processing\r\nX-A: b\r\n\r\n'), reply()]),
  },
  {
    id: 'upgrade-unasked',
    about: 'switches protocols unasked',
    serves: raw(['HTTP/1.1 101 Switching', 'Upgrade: x', 'Connection: upgrade'], ''),
  },
  { id: 'no-length', about: 'ends by closing', serves: raw([OK, UTF8]) },
  {
    id: 'keeps-open',
    about: 'keeps its connection open after the answer',
    serves: (_, socket) => {
      socket.write(raw([OK, 'Connection: keep-alive', ...SIZED]));
      return null;
    },
  },
  {
    id: 'length-and-chunked',
    cases: 'R9',
    about: 'gives a length and sends chunks',
    serves: chunked([...CHUNKED, 'Content-Length: 7'], chunk(), LAST),
  },
  {
    id: 'chunked-and-length',
    cases: 'R9',
    about: 'sends chunks after a length',
    serves: chunked(
      [OK, UTF8, `Content-Length: ${LENGTH}`, 'Transfer-Encoding: chunked'],
      chunk(),
      LAST,
    ),
  },
  {
    id: 'equal-lengths',
    about: 'gives its length twice',
    serves: raw([OK, ...SIZED, `Content-Length: ${LENGTH}`]),
  },
  {
    id: 'listed-lengths',
    about: 'gives its length twice in one line',
    serves: raw([OK, UTF8, `Content-Length: ${LENGTH}, ${LENGTH}`]),
  },
  {
    id: 'differing-lengths',
    about: 'gives two lengths that differ',
    serves: raw([OK, ...SIZED, `Content-Length: ${LENGTH + 9}`]),
  },
  {
    id: 'plus-length',
    about: 'gives its length with a plus',
    serves: raw([OK, UTF8, `Content-Length: +${LENGTH}`]),
  },
  {
    id: 'negative-length',
    about: 'gives a negative length',
    serves: raw([OK, UTF8, 'Content-Length: -1']),
  },
  {
    id: 'empty-length',
    about: 'gives a length of nothing',
    serves: raw([OK, UTF8, 'Content-Length: ']),
  },
  {
    id: 'length-in-words',
    about: 'gives its length with a unit',
    serves: raw([OK, UTF8, `Content-Length: ${LENGTH} bytes`]),
  },
  {
    id: 'length-no-number',
    about: 'gives a length that is no number',
    serves: raw([OK, UTF8, 'Content-Length: many']),
  },
  {
    id: 'length-zeros',
    about: 'gives its length with zeros before it',
    serves: raw([OK, UTF8, `Content-Length: 000${LENGTH}`]),
  },
  {
    id: 'appended',
    about: 'sends more than it said',
    serves: raw([OK, ...SIZED], `${html()}<!-- more than it said -->`),
  },
  {
    id: 'cut',
    about: 'sends less than it said',
    serves: raw([OK, UTF8, `Content-Length: ${LENGTH + 99}`]),
    judged: { outcome: 'network', reason: 'connection_reset', because: CUT },
  },
  {
    id: 'cut-huge',
    about: 'says that it sends 99 GB',
    serves: raw([OK, UTF8, 'Content-Length: 99999999999']),
    judged: { outcome: 'network', reason: 'connection_reset', because: CUT },
  },
  {
    id: 'cut-by-reset',
    about: 'resets within its body',
    serves: (_, socket) => {
      socket.write(raw([OK, UTF8, `Content-Length: ${LENGTH + 99}`]));
      setTimeout(() => socket.resetAndDestroy(), 100);
      return null;
    },
    judged: { outcome: 'network', reason: 'connection_reset', because: CUT },
  },
  { id: 'chunked', about: 'sends chunks', serves: chunked(CHUNKED, chunk(), LAST) },
  {
    id: 'chunk-extension',
    about: 'sends chunks with extensions',
    serves: chunked(CHUNKED, chunk(`${HEX};name="va;lue"`), '0;last\r\n\r\n'),
  },
  {
    id: 'chunk-trailer',
    about: 'sends trailers after its chunks',
    serves: chunked(CHUNKED, chunk(), '0\r\nX-Digest: abc\r\nX-More: d\r\n\r\n'),
  },
  {
    id: 'chunk-lf',
    about: 'ends its chunk lines by LF only',
    serves: chunked(CHUNKED, chunk(HEX, '\n'), '0\n\n'),
  },
  {
    id: 'chunk-upper-case',
    about: 'writes chunk sizes in capitals with zeros before them',
    serves: chunked(CHUNKED, chunk(`0000${HEX.toUpperCase()}`), LAST),
  },
  {
    id: 'chunk-blank',
    about: 'pads chunk sizes with blanks',
    serves: chunked(CHUNKED, chunk(`${HEX}   `), '0   \r\n\r\n'),
  },
  {
    id: 'chunk-blank-first',
    about: 'has blanks before chunk sizes',
    serves: chunked(CHUNKED, chunk(` ${HEX}`), LAST),
  },
  {
    id: 'chunk-0x',
    about: 'writes chunk sizes with 0x',
    serves: chunked(CHUNKED, chunk(`0x${HEX}`), LAST),
  },
  {
    id: 'chunk-no-last-line',
    about: 'leaves out the line after its last chunk',
    serves: chunked(CHUNKED, chunk(), '0\r\n'),
  },
  {
    id: 'chunk-cut',
    about: 'leaves out its last chunk',
    serves: chunked(CHUNKED, chunk()),
    judged: { outcome: 'network', reason: 'connection_reset', because: CUT },
  },
  {
    id: 'chunk-cut-within',
    about: 'closes within a chunk',
    serves: chunked(CHUNKED, 'ffff\r\n', PAGE),
    judged: { outcome: 'network', reason: 'connection_reset', because: CUT },
  },
  {
    id: 'chunk-no-number',
    about: 'gives a chunk size that is no number',
    serves: chunked(CHUNKED, 'zz\r\nab'),
  },
  {
    id: 'chunks-of-one-byte',
    about: 'sends each byte as a chunk',
    serves: chunked(
      CHUNKED,
      ...[...PAGE].map((byte) => Buffer.concat([Buffer.from('1\r\n'), Buffer.of(byte, 13, 10)])),
      LAST,
    ),
  },
  {
    id: 'chunked-appended',
    about: 'sends more after its last chunk',
    serves: chunked(CHUNKED, chunk(), LAST, 'more'),
  },
  {
    id: 'chunked-twice',
    about: 'says chunked twice',
    serves: chunked([...CHUNKED, 'Transfer-Encoding: chunked'], chunk(), LAST),
  },
  {
    id: 'chunked-capital',
    about: 'says Chunked with a capital',
    serves: chunked([OK, UTF8, 'Transfer-Encoding: Chunked'], chunk(), LAST),
  },
  {
    id: 'chunked-http-1.0',
    about: 'sends chunks over HTTP/1.0',
    serves: chunked(['HTTP/1.0 200 OK', UTF8, 'Transfer-Encoding: chunked'], chunk(), LAST),
  },
  {
    id: 'transfer-identity',
    about: 'says Transfer-Encoding: identity',
    serves: raw([OK, 'Transfer-Encoding: identity', ...SIZED]),
  },
  {
    id: 'transfer-unknown',
    about: 'says a transfer coding that nobody knows',
    serves: raw([OK, 'Transfer-Encoding: x-own', ...SIZED]),
  },
  {
    id: 'chunked-unsaid',
    about: 'says chunked and sends none',
    serves: raw(CHUNKED),
  },
  {
    id: 'byte-by-byte',
    about: 'sends its head byte by byte',
    serves: (_, socket) => {
      const bytes = reply();
      let sent = 0;
      const timer = setInterval(() => {
        socket.write(bytes.subarray(sent, sent + 1));
        sent += 1;
        if (sent < 80) return;
        clearInterval(timer);
        socket.end(bytes.subarray(sent));
      }, 3);
      return null;
    },
  },
  {
    id: 'split-character',
    about: 'splits a character between two packets',
    serves: inParts(
      reply().subarray(0, reply().indexOf(TITLE) + 1),
      reply().subarray(reply().indexOf(TITLE) + 1),
    ),
  },
  ...[
    'HTTP/1.1 200OK',
    'HTTP/1.1 0200 OK',
    'HTTP/1.1 +200 OK',
    'HTTP/1.1 200 OK extra words',
    'HTTP/11 200 OK',
    'HTTP/1.10 200 OK',
    'HTTP/3.0 200 OK',
    'HTTP 200 OK',
    'HTTPS/1.1 200 OK',
    ' HTTP/1.1 200 OK',
    'Http/1.1 200 Ok',
  ].map((line) => ({
    id: `status-line: ${line}`,
    about: `begins with "${line}"`,
    serves: raw([line, ...SIZED]),
  })),
  {
    id: 'status-line: HTTP/ 1.1 200 OK',
    about: 'begins with "HTTP/ 1.1 200 OK"',
    serves: raw(['HTTP/ 1.1 200 OK', ...SIZED]),
    judged: { outcome: 'not_well', because: 'a browser takes it for status 1' },
  },
  ...['261;', '0x105', '261.0', '261 261', '\t261\t', '"261"', '261a'].map((length) => ({
    id: `length: ${JSON.stringify(length)}`,
    about: `gives the length ${JSON.stringify(length)}`,
    serves: raw([OK, UTF8, `Content-Length: ${length.replaceAll('261', String(LENGTH))}`]),
  })),
  ...['chunked ', 'chunked;', '"chunked"', 'chunked, chunked', 'chunked, identity', ' CHUNKED'].map(
    (coding) => ({
      id: `transfer: ${coding}`,
      about: `sends chunks and says ${JSON.stringify(coding)}`,
      serves: chunked([OK, UTF8, `Transfer-Encoding: ${coding}`], chunk(), LAST),
    }),
  ),
  {
    id: 'chunked-blank-before-colon',
    about: 'has a blank before the colon of its transfer coding',
    serves: chunked([OK, UTF8, 'Transfer-Encoding : chunked'], chunk(), LAST),
  },
  {
    id: 'chunked-folded',
    about: 'folds its transfer coding',
    serves: chunked([OK, UTF8, 'Transfer-Encoding:\r\n chunked'], chunk(), LAST),
  },
  {
    id: 'answers-unasked',
    about: 'answers before it is asked',
    starts: async (stage) => `http://${await stage.sockets((socket) => void socket.end(reply()))}/`,
  },
  {
    id: 'reset-after-page',
    about: 'resets after its whole answer',
    serves: (_, socket) => {
      socket.write(reply());
      setTimeout(() => socket.resetAndDestroy(), 150);
      return null;
    },
  },
  {
    id: 'reset-ends-page',
    about: 'gives no length and resets at the end',
    serves: (_, socket) => {
      socket.write(raw([OK, UTF8]));
      setTimeout(() => socket.resetAndDestroy(), 150);
      return null;
    },
  },
  {
    id: 'reset-after-last-chunk',
    about: 'resets after its last chunk',
    serves: (_, socket) => {
      socket.write(chunked(CHUNKED, chunk(), LAST));
      setTimeout(() => socket.resetAndDestroy(), 150);
      return null;
    },
  },
  {
    id: 'length-0',
    about: 'gives a length of 0 and sends a page',
    serves: raw([OK, UTF8, 'Content-Length: 0']),
    judged: { outcome: 'system', reason: 'empty_page', because: 'there is nothing to see' },
  },
  {
    id: 'transfer-gzip-chunked',
    about: 'says Transfer-Encoding: gzip, chunked and sends plain chunks',
    serves: chunked([OK, UTF8, 'Transfer-Encoding: gzip, chunked'], chunk(), LAST),
  },
  {
    id: 'upgrade-offered',
    about: 'offers to upgrade to h2c',
    serves: raw([OK, 'Upgrade: h2,h2c', 'Connection: Upgrade, close', ...SIZED]),
  },
  {
    id: 'drips',
    about: 'drips its page for two seconds',
    serves: inParts(
      ...Array.from({ length: 29 }, (_, n) =>
        reply().subarray(n * 12, n < 28 ? n * 12 + 12 : undefined),
      ),
    ),
  },
  {
    id: 'thinks',
    about: 'thinks for two seconds',
    serves: (_, socket) => {
      setTimeout(() => socket.end(reply()), 2_000);
      return null;
    },
  },
];
