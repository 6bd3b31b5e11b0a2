import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import type { OddServer } from '../odd-server.ts';
import { html, OK, raw, reply, UTF8 } from '../reply.ts';
import { trusted } from '../trust.ts';

const PAGE = Buffer.from(html());
const LONG = Buffer.from(html() + '<p>发票号码</p>'.repeat(20_000));
const GZIP = gzipSync(PAGE);

const coded = (coding: string, body: Buffer) =>
  reply({ head: [UTF8, `Content-Encoding: ${coding}`], body });

/** Content codings, asked for or not, whole or not. */
export const CODINGS: readonly OddServer[] = [
  { id: 'gzip', cases: 'R6', about: 'sends gzip', serves: coded('gzip', GZIP) },
  { id: 'x-gzip', cases: 'R6', about: 'calls gzip x-gzip', serves: coded('x-gzip', GZIP) },
  { id: 'gzip-capital', about: 'calls gzip GZIP', serves: coded('GZIP', GZIP) },
  {
    id: 'gzip-chunked',
    cases: 'R6',
    about: 'sends gzip in chunks',
    serves: raw(
      [OK, UTF8, 'Content-Encoding: gzip', 'Transfer-Encoding: chunked'],
      Buffer.concat([
        Buffer.from(`${GZIP.length.toString(16)}\r\n`),
        GZIP,
        Buffer.from('\r\n0\r\n\r\n'),
      ]),
    ),
  },
  {
    id: 'gzip-no-length',
    about: 'sends gzip and closes',
    serves: raw([OK, UTF8, 'Content-Encoding: gzip'], GZIP),
  },
  {
    id: 'deflate',
    cases: 'R6',
    about: 'sends deflate',
    serves: coded('deflate', deflateSync(PAGE)),
  },
  {
    id: 'deflate-raw',
    about: 'sends deflate without its zlib head',
    serves: coded('deflate', deflateRawSync(PAGE)),
  },
  { id: 'br', about: 'sends brotli', serves: coded('br', brotliCompressSync(PAGE)) },
  {
    id: 'br-https',
    about: 'sends brotli over https',
    starts: async (stage) =>
      `${await stage.secure(trusted(), coded('br', brotliCompressSync(PAGE)))}/`,
  },
  { id: 'zstd', about: 'sends zstd', serves: coded('zstd', zstdCompressSync(PAGE)) },
  {
    id: 'zstd-https',
    about: 'sends zstd over https',
    starts: async (stage) =>
      `${await stage.secure(trusted(), coded('zstd', zstdCompressSync(PAGE)))}/`,
  },
  { id: 'gzip-twice', about: 'sends gzip of gzip', serves: coded('gzip, gzip', gzipSync(GZIP)) },
  {
    id: 'gzip-two-lines',
    about: 'sends gzip of gzip and says so in two lines',
    serves: reply({
      head: [UTF8, 'Content-Encoding: gzip', 'Content-Encoding: gzip'],
      body: gzipSync(GZIP),
    }),
  },
  {
    id: 'gzip-said-twice',
    about: 'says gzip twice for once',
    serves: coded('gzip, gzip', GZIP),
  },
  {
    id: 'gzip-then-br',
    about: 'sends brotli of gzip',
    serves: coded('gzip, br', brotliCompressSync(GZIP)),
  },
  {
    id: 'gzip-identity',
    about: 'says identity besides gzip',
    serves: coded('identity, gzip', GZIP),
    judged: { outcome: 'not_well', because: 'a browser shows characters without sense' },
  },
  {
    id: 'gzip-junk',
    about: 'sends junk behind gzip',
    serves: coded('gzip', Buffer.concat([GZIP, Buffer.from('\r\njunk behind it')])),
  },
  {
    id: 'gzip-zeros',
    about: 'pads gzip with zeros',
    serves: coded('gzip', Buffer.concat([GZIP, Buffer.alloc(100)])),
  },
  {
    id: 'gzip-members',
    about: 'sends gzip in two members',
    serves: coded('gzip', Buffer.concat([GZIP, gzipSync(Buffer.from('<p>更多</p>'))])),
  },
  {
    id: 'gzip-cut',
    about: 'cuts its gzip, with a length that fits',
    serves: coded('gzip', gzipSync(LONG).subarray(0, 200)),
  },
  {
    id: 'gzip-no-trailer',
    about: 'leaves the checksum of its gzip out',
    serves: coded('gzip', GZIP.subarray(0, -8)),
  },
  {
    id: 'gzip-bad-sum',
    about: 'has a wrong checksum in its gzip',
    serves: coded('gzip', Buffer.concat([GZIP.subarray(0, -8), Buffer.alloc(8, 7)])),
  },
  {
    id: 'gzip-damaged',
    about: 'has damage within its gzip',
    serves: coded('gzip', Buffer.concat([GZIP.subarray(0, 40), Buffer.alloc(60, 0xff)])),
  },
  {
    id: 'gzip-cut-by-length',
    about: 'sends half of the gzip that it said',
    serves: raw(
      [OK, UTF8, 'Content-Encoding: gzip', `Content-Length: ${GZIP.length}`],
      GZIP.subarray(0, GZIP.length >> 1),
    ),
    judged: { outcome: 'network', reason: 'connection_reset', because: 'it is cut' },
  },
  {
    id: 'gzip-of-nothing',
    about: 'says gzip of an empty body',
    serves: coded('gzip', Buffer.alloc(0)),
    judged: { outcome: 'system', reason: 'empty_page', because: 'there is nothing to see' },
  },
  {
    id: 'gzip-unsaid-length',
    about: 'gives the length before gzip',
    serves: raw([OK, UTF8, 'Content-Encoding: gzip', `Content-Length: ${PAGE.length}`], GZIP),
  },
  { id: 'gzip-not', about: 'says gzip and sends plain text', serves: coded('gzip', PAGE) },
  {
    id: 'gzip-silent',
    about: 'sends gzip without saying so',
    serves: reply({ head: [UTF8], body: GZIP }),
    judged: {
      outcome: 'system',
      reason: 'not_recognised',
      because: 'a browser shows characters without sense and no title',
    },
  },
  {
    id: 'gzip-in-transfer',
    about: 'sends gzip as a transfer coding',
    serves: raw([OK, UTF8, 'Transfer-Encoding: gzip'], GZIP),
    judged: { outcome: 'not_well', because: 'a browser shows characters without sense' },
  },
  { id: 'deflate-not', about: 'says deflate and sends plain text', serves: coded('deflate', PAGE) },
  { id: 'br-not', about: 'says brotli and sends plain text', serves: coded('br', PAGE) },
  {
    id: 'br-cut',
    about: 'cuts its brotli, with a length that fits',
    serves: coded('br', brotliCompressSync(LONG).subarray(0, 100)),
  },
  {
    id: 'zstd-cut',
    about: 'cuts its zstd, with a length that fits',
    serves: coded('zstd', zstdCompressSync(LONG).subarray(0, 100)),
    judged: { outcome: 'not_well', because: 'a browser shows nothing' },
  },
  { id: 'coding-identity', about: 'says identity', serves: coded('identity', PAGE) },
  { id: 'coding-none', about: 'says none', serves: coded('none', PAGE) },
  { id: 'coding-utf-8', about: 'says UTF-8 as a coding', serves: coded('UTF-8', PAGE) },
  { id: 'coding-empty', about: 'says an empty coding', serves: coded('', PAGE) },
  { id: 'coding-unknown', about: 'says a coding that nobody knows', serves: coded('x-own', PAGE) },
  { id: 'coding-compress', about: 'says compress', serves: coded('compress', PAGE) },
  {
    id: 'gzip-bomb',
    about: 'sends 60 MB as 60 kB of gzip',
    serves: coded(
      'gzip',
      gzipSync(Buffer.concat([PAGE, Buffer.from('<!--'), Buffer.alloc(60_000_000, ' ')])),
    ),
  },
];
