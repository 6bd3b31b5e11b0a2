import { expect, test } from 'vitest';
import { textOf } from '../../probes/exchange/text.ts';
import { encode } from '../field/pages/encode.ts';

const gbk = (text: string) => encode(text, 'gbk');
const DECLARED = '<meta charset="gb2312">';

const READ: [string, string | null, Buffer | string, string][] = [
  ['R4: a header gb2312, which means GBK', 'text/html; charset=gb2312', gbk('镕'), '镕'],
  ['R4: a <meta> of gb2312', 'text/html', gbk(`${DECLARED}发票`), `${DECLARED}发票`],
  [
    'an unknown header is passed over',
    'text/html; charset=x',
    gbk(`${DECLARED}发`),
    `${DECLARED}发`,
  ],
  ['JSON that begins with a mark', 'application/json', '\ufeff{"a":"发"}', '{"a":"发"}'],
  ['JSON in GBK by its header', 'application/json;charset=GBK', gbk('{"a":"发"}'), '{"a":"发"}'],
  ['no word of it, UTF-8', null, '查验', '查验'],
  ['no word of it, and cut in a character', null, Buffer.from('查验').subarray(0, 5), '查'],
  ['no word of it, GB 18030', null, gbk('发票查验'), '发票查验'],
  [
    'GB 18030 of four bytes',
    'text/html; charset=gb18030',
    Buffer.from('9532823695328337', 'hex'),
    '𠀀𠀋',
  ],
  ['two headers: the last', 'text/plain; charset=utf-8, text/html; charset=gbk', gbk('发'), '发'],
  ['a tag named like a property of objects', null, '<constructor>发', '<constructor>发'],
  ['nothing', null, '', ''],
];

test.for(READ)('%s', ([, type, body, text]) => {
  const headers = type === null ? {} : { 'content-type': type };
  const answer = { headers, body: Buffer.from(body as string) };
  const read = textOf(answer);
  expect(read.ok && read.value).toBe(text);
});

test.for(['hz-gb-2312', 'ISO-2022-CN', 'iso-2022-kr', 'replacement'])(
  'what is in %s no browser decodes',
  (charset) => {
    const headers = { 'content-type': `text/html; charset=${charset}` };
    expect(textOf({ headers, body: Buffer.from('~{VPND~}') })).toMatchObject({
      failure: { outcome: 'unreadable', reason: 'unknown_charset' },
    });
  },
);
