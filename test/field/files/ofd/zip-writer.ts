import { constants, crc32, deflateRawSync } from 'node:zlib';
import { latin1 } from '../field-file.ts';

/** How one entry is written, where it differs from the rest. */
export interface EntryWriting {
  /** As bytes, in whatever encoding. */
  name?: Buffer;
  method?: 'stored' | 'deflated' | 'deflate64' | 'bzip2' | 'lzma';
  /** What stands in the archive instead of the compressed content. */
  data?: Buffer;
  /** What the headers say, instead of what is so. */
  crc?: number;
  size?: number;
  packed_size?: number;
  encrypted?: boolean;
  extra?: Buffer;
}

export interface ArchiveWriting {
  each?: EntryWriting;
  entries?: Readonly<Record<string, EntryWriting>>;
  /** Sizes behind the data, as streaming writers do; with or without the signature of APPNOTE. */
  descriptors?: 'signed' | 'unsigned';
  /** ZIP64 records where they are not needed, as Java's and Go's streaming writers do. */
  zip64?: 'everywhere' | 'end only';
  utf8?: boolean;
  comment?: string;
  prefix?: Buffer;
  /** Whether offsets count the prefix. */
  counts_prefix?: boolean;
  suffix?: Buffer;
  /** Entries of folders, first. */
  folders?: readonly string[];
}

const METHODS = { stored: 0, deflated: 8, deflate64: 9, bzip2: 12, lzma: 14 };
const ALL_ONES = 0xffffffff;

export type Parts = readonly (readonly [name: string, content: string | Uint8Array])[];

/** An archive with every liberty of APPNOTE 6.3 that the format's own writers take. */
export function archive(parts: Parts, writing: ArchiveWriting = {}): Buffer {
  const { folders = [], prefix = Buffer.alloc(0) } = writing;
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = writing.counts_prefix === false ? 0 : prefix.length;
  for (const [name, content] of [...folders.map((it) => [it, ''] as const), ...parts]) {
    const entry = entryOf(name, Buffer.from(content), writing);
    locals.push(entry.local);
    directory.push(entry.central(at));
    at += entry.local.length;
  }
  const records = Buffer.concat(directory);
  const end = endOf(directory.length, records.length, at, writing);
  return Buffer.concat([prefix, ...locals, records, end, writing.suffix ?? Buffer.alloc(0)]);
}

function entryOf(key: string, content: Buffer, writing: ArchiveWriting) {
  const how = { ...writing.each, ...writing.entries?.[key] };
  const { method = key.endsWith('/') ? 'stored' : 'deflated' } = how;
  const name = how.name ?? Buffer.from(key);
  const data = how.data ?? compressed(content, method);
  const crc = how.crc ?? crc32(content);
  const [packed_size, size] = [how.packed_size ?? data.length, how.size ?? content.length];
  const wide = writing.zip64 === 'everywhere';
  const streams = writing.descriptors !== undefined;
  const flags = (how.encrypted ? 1 : 0) | (streams ? 8 : 0) | (writing.utf8 === false ? 0 : 0x800);
  const head = (crc_said: number, sizes: Buffer, extra: Buffer) =>
    Buffer.concat([
      numbers([wide ? 45 : 20, 2], [flags, 2], [METHODS[method], 2]),
      // 2026-09-25 12:00:00
      numbers([0x6000, 2], [0x5d39, 2], [crc_said, 4]),
      sizes,
      numbers([name.length, 2], [extra.length, 2]),
    ]);
  const narrow = numbers([wide ? ALL_ONES : packed_size, 4], [wide ? ALL_ONES : size, 4]);
  const local_extra = Buffer.concat([
    wide
      ? numbers([1, 2], [16, 2], [streams ? 0 : size, 8], [streams ? 0 : packed_size, 8])
      : EMPTY,
    how.extra ?? EMPTY,
  ]);
  const unknown = streams && !wide ? Buffer.alloc(8) : narrow;
  const behind = streams
    ? Buffer.concat([
        writing.descriptors === 'signed' ? latin1('PK\x07\x08') : EMPTY,
        numbers([crc, 4], [packed_size, wide ? 8 : 4], [size, wide ? 8 : 4]),
      ])
    : EMPTY;
  const local = Buffer.concat([
    latin1('PK\x03\x04'),
    head(streams ? 0 : crc, unknown, local_extra),
    name,
    local_extra,
    data,
    behind,
  ]);
  const central = (at: number) => {
    const extra = Buffer.concat([
      wide ? numbers([1, 2], [24, 2], [size, 8], [packed_size, 8], [at, 8]) : EMPTY,
      how.extra ?? EMPTY,
    ]);
    return Buffer.concat([
      latin1('PK\x01\x02'),
      numbers([wide ? 45 : 20, 2]),
      head(crc, narrow, extra),
      // Comment, disk, attributes.
      numbers([0, 2], [0, 2], [0, 2], [key.endsWith('/') ? 0x10 : 0, 4]),
      numbers([wide ? ALL_ONES : at, 4]),
      name,
      extra,
    ]);
  };
  return { local, central };
}

function compressed(content: Buffer, method: keyof typeof METHODS): Buffer {
  if (method === 'stored') return content;
  // Literals only are the same in both deflates.
  const strategy = method === 'deflate64' ? constants.Z_HUFFMAN_ONLY : constants.Z_DEFAULT_STRATEGY;
  return deflateRawSync(content, { strategy });
}

function endOf(count: number, size: number, at: number, writing: ArchiveWriting): Buffer {
  const comment = Buffer.from(writing.comment ?? '');
  const wide = writing.zip64 !== undefined;
  const [count_said, size_said, at_said] = wide ? [0xffff, ALL_ONES, ALL_ONES] : [count, size, at];
  const end = Buffer.concat([
    latin1('PK\x05\x06'),
    numbers([0, 2], [0, 2], [count_said, 2], [count_said, 2], [size_said, 4], [at_said, 4]),
    numbers([comment.length, 2]),
    comment,
  ]);
  if (!wide) return end;
  return Buffer.concat([
    latin1('PK\x06\x06'),
    numbers([44, 8], [45, 2], [45, 2], [0, 4], [0, 4], [count, 8], [count, 8], [size, 8], [at, 8]),
    latin1('PK\x06\x07'),
    numbers([0, 4], [at + size, 8], [1, 4]),
    end,
  ]);
}

const EMPTY = Buffer.alloc(0);

/** Little-endian, each of so many bytes. */
function numbers(...values: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, bytes]) => {
      const all = Buffer.alloc(8);
      all.writeBigUInt64LE(BigInt(value));
      return all.subarray(0, bytes);
    }),
  );
}
