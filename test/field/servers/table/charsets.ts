import { gbk } from '../gbk.ts';
import { type OddServer, TITLE } from '../odd-server.ts';
import { HTML, reply, UTF8 } from '../reply.ts';

const BOM = '\ufeff';

/** A page whose declaration of a charset, if any, is given. */
function declared(declaration: string, before = ''): string {
  return `${before}<html><head>${declaration}<title>${TITLE}</title></head>
<body><h1>${TITLE}</h1><p>请输入发票代码、发票号码、开票日期和校验码，然后点击查验。本平台仅提供查验服务。</p></body></html>`;
}

const META = '<meta charset="gbk">';
const typed = (charset: string, body: Buffer | string) =>
  reply({ head: [`Content-Type: text/html; charset=${charset}`], body });
const untyped = (body: Buffer | string) => reply({ head: [HTML], body });
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const swapped = (text: string) => utf16(text).swap16();

const japanese = (hex: string, meta = '') =>
  Buffer.concat([
    Buffer.from(`<html>${meta}<title>`),
    Buffer.from(hex, 'hex'),
    Buffer.from('</title><p>ok</p></html>'),
  ]);

const GARBLED = 'a browser shows other characters than were meant: the title is not there';
const garbled = { outcome: 'system', reason: 'not_recognised', because: GARBLED } as const;

/** Where a page says how its characters are written, and where it does not. */
export const CHARSETS: readonly OddServer[] = [
  { id: 'gbk-meta', cases: 'R4', about: 'says GBK by meta', serves: untyped(gbk(declared(META))) },
  {
    id: 'gb2312-http-equiv',
    cases: 'R4',
    about: 'says GB2312 by http-equiv',
    serves: untyped(
      gbk(declared('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">')),
    ),
  },
  {
    id: 'gb2312-content-first',
    cases: 'R4',
    about: 'says GB2312 by http-equiv, content first, in capitals',
    serves: untyped(
      gbk(declared("<META CONTENT='text/html;CHARSET=GB2312' HTTP-EQUIV='CONTENT-TYPE'/>")),
    ),
  },
  {
    id: 'gbk-single-quotes',
    cases: 'R4',
    about: 'says GBK in single quotes',
    serves: untyped(gbk(declared("<meta name='a' charset='gbk'>"))),
  },
  {
    id: 'gbk-no-quotes',
    cases: 'R4',
    about: 'says GBK without quotes',
    serves: untyped(gbk(declared('<meta charset=gbk>'))),
  },
  {
    id: 'gbk-spaced',
    about: 'says GBK with blanks around =',
    serves: untyped(gbk(declared('<meta\n charset = "gbk" >'))),
  },
  {
    id: 'gbk-header',
    cases: 'R4',
    about: 'says GBK by header',
    serves: typed('GBK', gbk(declared(''))),
  },
  {
    id: 'gbk-header-quoted',
    cases: 'R4',
    about: 'says GBK by header in quotes',
    serves: typed('"gbk"', gbk(declared(''))),
  },
  {
    id: 'gbk-header-single-quotes',
    about: 'says GBK by header in single quotes',
    serves: typed("'gbk'", gbk(declared(META))),
  },
  {
    id: 'gb2312-header',
    cases: 'R4',
    about: 'says gb2312 by header',
    serves: typed('gb2312', gbk(declared(''))),
  },
  {
    id: 'gb18030',
    cases: 'R4',
    about: 'says GB 18030 and has characters of four bytes',
    serves: typed(
      'gb18030',
      Buffer.concat([gbk(declared('')), Buffer.from('8139ef30', 'hex'), gbk('<p>完</p>')]),
    ),
  },
  {
    id: 'header-beats-meta',
    about: 'says UTF-8 by header and GBK by meta',
    serves: typed('utf-8', declared(META)),
  },
  {
    id: 'header-beats-meta-gbk',
    about: 'says GBK by header and UTF-8 by meta',
    serves: typed('gbk', gbk(declared('<meta charset="utf-8">'))),
  },
  {
    id: 'bom-beats-header',
    about: 'begins with a BOM and says GBK by header',
    serves: typed('gbk', BOM + declared(META)),
  },
  {
    id: 'meta-late',
    cases: 'R4',
    about: 'says GBK after 1,500 bytes',
    serves: untyped(gbk(declared(`<!--${'x'.repeat(1_500)}-->${META}`))),
  },
  {
    id: 'meta-after-script',
    cases: 'R4',
    about: 'says GBK behind a script of 20 kB',
    serves: untyped(gbk(declared(`<script>/*${'x'.repeat(20_000)}*/</script>${META}`))),
  },
  {
    id: 'meta-in-comment',
    about: 'says UTF-8 in a comment and GBK by meta',
    serves: untyped(gbk(declared(`<!-- <meta charset="utf-8"> -->${META}`))),
  },
  {
    id: 'meta-in-script',
    about: 'writes a UTF-8 meta in a script and GBK by meta',
    serves: untyped(gbk(declared(`<script>var a='<meta charset="utf-8">'</script>${META}`))),
  },
  {
    id: 'two-metas',
    about: 'says GBK and then UTF-8 by meta',
    serves: untyped(gbk(declared(`${META}<meta charset="utf-8">`))),
  },
  {
    id: 'meta-utf-16',
    about: 'says UTF-16 by meta and is UTF-8',
    serves: untyped(declared('<meta charset="utf-16">')),
  },
  {
    id: 'meta-after-title',
    about: 'says GBK after its title',
    serves: untyped(gbk(declared('').replace('</head>', `${META}</head>`))),
  },
  {
    id: 'xml-declaration',
    cases: 'R4',
    about: 'says GBK in an XML declaration',
    serves: untyped(gbk(declared('', '<?xml version="1.0" encoding="GBK"?>\n<!doctype html>'))),
  },
  {
    id: 'xhtml-gbk',
    about: 'is XHTML and says GBK in its XML declaration',
    serves: reply({
      head: ['Content-Type: application/xhtml+xml'],
      body: gbk(
        declared('', '<?xml version="1.0" encoding="gbk"?>').replace(
          '<html>',
          '<html xmlns="http://www.w3.org/1999/xhtml">',
        ),
      ),
    }),
  },
  {
    id: 'utf-16le-bom',
    cases: 'R4',
    about: 'is UTF-16 with a BOM, low byte first',
    serves: untyped(utf16(BOM + declared(''))),
  },
  {
    id: 'utf-16be-bom',
    cases: 'R4',
    about: 'is UTF-16 with a BOM, high byte first',
    serves: untyped(swapped(BOM + declared(''))),
  },
  {
    id: 'utf-16le-header',
    about: 'says UTF-16LE by header',
    serves: typed('utf-16le', utf16(declared(''))),
  },
  {
    id: 'utf-16-header',
    about: 'says UTF-16 by header without a BOM',
    serves: typed('utf-16', utf16(declared(''))),
  },
  {
    id: 'utf-16be-header',
    about: 'says UTF-16BE by header',
    serves: typed('utf-16be', swapped(declared(''))),
  },
  { id: 'utf-8-bom', about: 'begins with a UTF-8 BOM', serves: untyped(BOM + declared('')) },
  { id: 'utf8-label', about: 'says utf8 by header', serves: typed('utf8', declared('')) },
  {
    id: 'utf-8-capital',
    about: 'says UTF8 in meta',
    serves: untyped(declared('<meta charset=UTF8>')),
  },
  {
    id: 'unsaid-utf-8',
    about: 'says nothing and is UTF-8',
    serves: untyped(declared('')),
    judged: {
      outcome: 'ok',
      because: 'a browser guesses by its own language, wrong here; the page is whole and as meant',
    },
  },
  {
    id: 'unsaid-gbk',
    cases: 'R4',
    about: 'says nothing and is GBK',
    serves: untyped(gbk(declared(''))),
  },
  {
    id: 'no-type-gbk',
    about: 'gives no type and says GBK by meta',
    serves: reply({ head: [], body: gbk(declared(META)) }),
  },
  {
    id: 'unknown-header',
    about: 'says a charset by header that nobody knows, and GBK by meta',
    serves: typed('x-own', gbk(declared(META))),
  },
  {
    id: 'unknown-header-only',
    about: 'says a charset by header that nobody knows, and is GBK',
    serves: typed('x-own', gbk(declared(''))),
  },
  {
    id: 'unknown-utf-8',
    about: 'says a charset by header that nobody knows, and is UTF-8',
    serves: typed('x-own', declared('')),
    judged: {
      outcome: 'ok',
      because: 'a browser guesses by its own language, wrong here; the page is whole and as meant',
    },
  },
  {
    id: 'unknown-meta',
    about: 'says a charset by meta that nobody knows, and is UTF-8',
    serves: untyped(declared('<meta charset="x-own">')),
    judged: {
      outcome: 'ok',
      because: 'a browser guesses by its own language, wrong here; the page is whole and as meant',
    },
  },
  {
    id: 'empty-charset',
    about: 'says an empty charset by header, and GBK by meta',
    serves: typed('', gbk(declared(META))),
  },
  {
    id: 'charset-cn',
    about: 'says charset=zh-CN by header, and GBK by meta',
    serves: typed('zh-CN', gbk(declared(META))),
  },
  {
    id: 'big5',
    about: 'says Big5',
    options: { title: '發票' },
    serves: typed(
      'big5',
      Buffer.concat([
        Buffer.from('<html><title>'),
        Buffer.from('b56fb2bc', 'hex'),
        Buffer.from('</title><p>ok</p></html>'),
      ]),
    ),
  },
  {
    id: 'windows-1252',
    about: 'says ISO-8859-1 and has curly quotes of Windows',
    options: { title: '“e-Invoice”' },
    serves: typed(
      'iso-8859-1',
      Buffer.from('<html><title>\x93e-Invoice\x94</title><p>ok</p></html>', 'latin1'),
    ),
  },
  {
    id: 'latin1-said',
    about: 'says ISO-8859-1 and is UTF-8',
    serves: typed('ISO-8859-1', declared('<meta charset="utf-8">')),
    judged: garbled,
  },
  {
    id: 'utf-8-said',
    about: 'says UTF-8 and is GBK',
    serves: reply({ head: [UTF8], body: gbk(declared('')) }),
    judged: garbled,
  },
  {
    id: 'bad-byte',
    about: 'has a broken character behind its title',
    serves: typed('utf-8', Buffer.concat([Buffer.from(declared('')), Buffer.from('e58f', 'hex')])),
  },
  {
    id: 'shift-jis',
    about: 'says Shift_JIS',
    options: { title: '請求書' },
    serves: typed('shift_jis', japanese('90bf8b818f91')),
  },
  {
    id: 'euc-jp-meta',
    about: 'says EUC-JP by meta',
    options: { title: '請求書' },
    serves: untyped(japanese('c0c1b5e1bdf1', '<meta charset=euc-jp>')),
  },
  {
    id: 'hz',
    about: 'says HZ-GB-2312, which browsers refuse to read',
    serves: typed('hz-gb-2312', gbk(declared(''))),
    judged: { outcome: 'not_well', because: 'a browser shows one character in place of the page' },
  },
  {
    id: 'two-charsets',
    about: 'says two charsets in one header',
    serves: typed('gbk; charset=utf-8', gbk(declared(''))),
  },
  {
    id: 'charset-comma',
    about: 'says its type twice in one header',
    serves: reply({
      head: ['Content-Type: text/html; charset=gbk, text/html; charset=gbk'],
      body: gbk(declared('')),
    }),
  },
  {
    id: 'meta-in-body',
    about: 'says GBK in its body',
    serves: untyped(gbk(declared('').replace('<body>', `<body>${META}`))),
  },
  {
    id: 'bad-gbk',
    about: 'has a byte in its title that GBK has not',
    options: { title: '增值税' },
    serves: typed(
      'gbk',
      Buffer.concat([Buffer.from('<title>'), gbk('增值税'), Buffer.of(0xff), gbk('</title><p>a')]),
    ),
  },
];
