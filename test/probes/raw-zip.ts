import { crc32, deflateRawSync } from 'node:zlib';

export interface RawZipOptions {
  stored?: boolean;
  /** Sizes and CRC behind the data instead of before it, as streaming writers do. */
  descriptors?: boolean;
  comment?: string;
  folders?: string[];
  rename?: (name: string) => string;
  /** What the directory says of the uncompressed size. */
  claimedSize?: number;
  /** Compressed data instead of the content's own. */
  deflated?: Buffer;
  /** All entries point at the first one's data. */
  overlap?: boolean;
}

/**
 * Archives as other programs, or ill-willed ones, write them. Names are bytes (latin1), without the
 * UTF-8 flag.
 */
export function rawZip(files: Record<string, string>, options: RawZipOptions): Buffer {
  const { folders = [], rename = (name) => name, stored = false } = options;
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const contents = [...folders.map((name) => [name, ''] as const), ...Object.entries(files)];
  for (const [original, text] of contents) {
    const name = Buffer.from(rename(original), 'latin1');
    const content = Buffer.from(text);
    const data = options.deflated ?? (stored ? content : deflateRawSync(content));
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(content), 0);
    sizes.writeUInt32LE(data.length, 4);
    sizes.writeUInt32LE(options.claimedSize ?? content.length, 8);
    const head = Buffer.alloc(10);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(options.descriptors ? 0x8 : 0, 2);
    head.writeUInt16LE(stored ? 0 : 8, 4);
    const lengths = Buffer.alloc(4);
    lengths.writeUInt16LE(name.length, 0);
    const local = [
      Buffer.from('PK\x03\x04', 'latin1'),
      head,
      options.descriptors ? Buffer.alloc(12) : sizes,
      lengths,
      name,
      data,
      ...(options.descriptors ? [Buffer.from('PK\x07\x08', 'latin1'), sizes] : []),
    ];
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(options.overlap ? 0 : at, 10);
    directory.push(
      Buffer.concat([
        Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
        head,
        sizes,
        lengths,
        offset,
        name,
      ]),
    );
    if (options.overlap && locals.length > 0) continue;
    locals.push(Buffer.concat(local));
    at += Buffer.concat(local).length;
  }
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...directory, end, comment]);
}
