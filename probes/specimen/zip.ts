import { crc32, deflateRawSync } from 'node:zlib';

/** A compressed archive member; constant members are compressed only once. */
export interface ZipPart {
  name: string;
  bytes: Uint8Array;
  deflated: Uint8Array;
  crc: number;
}

const UTF8_NAME = 0x800;
const DEFLATED = 8;
const VERSION = 20;

/** Compresses one file. `name` with forward slashes. */
export function zipPart(name: string, content: Uint8Array | string): ZipPart {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return { name, bytes, deflated: deflateRawSync(bytes), crc: crc32(bytes) };
}

/**
 * A ZIP archive (PKWARE APPNOTE 6.3) of the parts in order. `issued` (yyyyMMddHHmmss) is their
 * timestamp.
 */
export function zip(parts: ZipPart[], issued: string): Uint8Array {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const common = commonHeader(part, name.length, issued);
    const file = Buffer.concat([signature('PK\x03\x04'), common, name, part.deflated]);
    directory.push(Buffer.concat([directoryHeader(common, at), name]));
    files.push(file);
    at += file.length;
  }
  return Buffer.concat([...files, ...directory, end(parts.length, total(directory), at)]);
}

/** The 26 bytes that the local header and the directory record share. */
function commonHeader(part: ZipPart, nameLength: number, issued: string): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(VERSION, 0);
  header.writeUInt16LE(UTF8_NAME, 2);
  header.writeUInt16LE(DEFLATED, 4);
  header.writeUInt16LE(dosTime(issued), 6);
  header.writeUInt16LE(dosDate(issued), 8);
  header.writeUInt32LE(part.crc, 10);
  header.writeUInt32LE(part.deflated.length, 14);
  header.writeUInt32LE(part.bytes.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}

function directoryHeader(common: Buffer, fileAt: number): Buffer {
  const madeBy = Buffer.alloc(2);
  madeBy.writeUInt16LE(VERSION);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(fileAt, 10);
  return Buffer.concat([signature('PK\x01\x02'), madeBy, common, rest]);
}

function end(count: number, size: number, at: number): Buffer {
  const record = Buffer.alloc(22);
  signature('PK\x05\x06').copy(record);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(at, 16);
  return record;
}

function signature(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function dosTime(issued: string): number {
  return (
    (Number(issued.slice(8, 10)) << 11) |
    (Number(issued.slice(10, 12)) << 5) |
    (Number(issued.slice(12, 14)) >> 1)
  );
}

/** MS-DOS counts years from 1980, in seven bits. */
function dosDate(issued: string): number {
  const year = Math.min(127, Math.max(0, Number(issued.slice(0, 4)) - 1980));
  return (year << 9) | (Number(issued.slice(4, 6)) << 5) | Number(issued.slice(6, 8));
}

function total(buffers: Uint8Array[]): number {
  return buffers.reduce((sum, buffer) => sum + buffer.length, 0);
}
