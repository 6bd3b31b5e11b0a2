import type { FieldFiles } from '../field-file.ts';
import { ofdFile, ofdParts, signed } from './writer.ts';
import { archive } from './zip-writer.ts';

const SOUND = { verdict: 'sound', reason: null } as const;
const UNREAD = { verdict: 'unjudged', checked: 'none' } as const;

/** Archives as other programs write them; the document inside is the same. */
export const OFD_ARCHIVES: FieldFiles = {
  deflated: { make: () => written({}), should: SOUND },
  stored: () => written({ each: { method: 'stored' } }),
  'sizes behind the data': () => written({ descriptors: 'signed' }),
  'sizes behind the data, without a signature': () => written({ descriptors: 'unsigned' }),
  'sizes behind stored data': () => written({ descriptors: 'signed', each: { method: 'stored' } }),
  'ZIP64 everywhere': {
    id: 'F13',
    make: () => written({ zip64: 'everywhere' }),
    should: SOUND,
  },
  'ZIP64 from a streaming writer': {
    id: 'F13',
    make: () => written({ zip64: 'everywhere', descriptors: 'signed' }),
    should: SOUND,
  },
  'ZIP64 at the end only': {
    id: 'F13',
    make: () => written({ zip64: 'end only' }),
    should: SOUND,
  },
  'a comment': () => written({ comment: '样张 SIMULATED' }),
  'a comment that looks like an end': () => written({ comment: `PK\x05\x06${'\0'.repeat(18)}` }),
  'bytes before, counted': () => written({ prefix: Buffer.alloc(64, 'x') }),
  'bytes before, not counted': () =>
    written({ prefix: Buffer.alloc(64, 'x'), counts_prefix: false }),
  '100 kB behind': {
    id: 'F11',
    make: () => written({ suffix: Buffer.alloc(100_000, 'x') }),
    should: { verdict: ['sound', 'unjudged'] },
  },
  '100 bytes behind': {
    id: 'F11',
    make: () => written({ suffix: Buffer.alloc(100, 'x') }),
    should: { verdict: 'sound', notes: ['bytes_appended'] },
  },
  'folders as entries': () => written({ folders: ['Doc_0/', 'Doc_0/Pages/', 'Doc_0/Res/'] }),
  'backslashes in names': () => written({}, (name) => Buffer.from(name.replaceAll('/', '\\'))),
  'a slash before names': () => written({}, (name) => Buffer.from(`/${name}`)),
  'names in GB 18030': () => {
    const name = 'Doc_0/Res/附件.bin';
    return ofdFile(ofdParts({ [name]: 'x' }), {
      utf8: false,
      entries: { [name]: { name: Buffer.from('446f635f302f5265732fb8bdbcfe2e62696e', 'hex') } },
    });
  },
  'names in UTF-8 without its flag': () =>
    ofdFile(ofdParts({ 'Doc_0/Res/附件.bin': 'x' }), { utf8: false }),
  'extra fields of Unix and of NTFS': () =>
    written({
      each: {
        extra: Buffer.from(
          '555405000100000000' +
            '0a002000000000000100180000000000000000000000000000000000' +
            '0000000000000000',
          'hex',
        ),
      },
    }),
  'a wrong name of the writer': () => {
    const file = written({});
    file.writeUInt16LE(0x0b17, file.indexOf('PK\x01\x02') + 4);
    return file;
  },
  deflate64: {
    id: 'F14',
    make: () => written({ each: { method: 'deflate64' } }),
    should: { ...UNREAD, reason: 'unknown_compression' },
  },
  'two equal names, equal contents': {
    id: 'F14',
    make: () => twice(ofdParts()['Doc_0/PublicRes.xml'] ?? ''),
    should: { verdict: ['sound', 'unjudged'] },
  },
  'two equal names, the last one good': {
    id: 'F14',
    make: () => twice('<broken', 'first'),
    should: { verdict: ['sound', 'unjudged'] },
  },
  encrypted: {
    id: 'F12',
    make: () => written({ each: { encrypted: true, data: Buffer.alloc(300, 'secret') } }),
    should: { ...UNREAD, reason: 'encrypted' },
  },
  'one part encrypted': {
    id: 'F12',
    make: () =>
      written({ entries: { 'Doc_0/Res/point.png': { encrypted: true, data: Buffer.alloc(90) } } }),
    should: { verdict: 'unjudged', reason: 'encrypted' },
  },
};

function written(
  writing: Parameters<typeof ofdFile>[1],
  rename?: (name: string) => Buffer,
): Buffer {
  const parts = signed(ofdParts());
  if (rename === undefined) return ofdFile(parts, writing);
  const entries = Object.fromEntries(
    Object.keys(parts).map((name) => [name, { name: rename(name) }]),
  );
  return ofdFile(parts, { ...writing, entries });
}

function twice(content: string | Uint8Array, place: 'first' | 'last' = 'last'): Buffer {
  const more = ['Doc_0/PublicRes.xml', content] as const;
  const parts = Object.entries(ofdParts());
  return archive(place === 'first' ? [more, ...parts] : [...parts, more]);
}
