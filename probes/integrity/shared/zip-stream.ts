import { crc32 } from './crc-32.ts';
import { inflateRaw } from './inflate.ts';
import { IntegrityError } from './integrity-error.ts';
import type { Work } from './work.ts';
import { DEFLATED, ENCRYPTED, entryName, HAS_DESCRIPTOR, STORED } from './zip-content.ts';
import {
  LOCAL_SIGNATURE,
  LOCAL_SIZE,
  largeValues,
  RECORD_SIGNATURE,
  UNKNOWN32,
} from './zip-directory.ts';

/** A file as its own header describes it. */
export interface StreamedFile {
  name: string;
  bytes: Uint8Array;
  data: { from: number; to: number };
}

const DESCRIPTOR_SIGNATURE = 0x08074b50;

/**
 * Reads an archive from its start by the headers before each file, as readers of streams do (ofdrw
 * among them), up to its directory; sizes that contradict the data are passed over, as unzip does.
 * Null if that fails too. Throws `too_large`.
 */
export function readStream(
  bytes: Uint8Array,
  place: { from: number; to: number },
  work: Work,
): StreamedFile[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files: StreamedFile[] = [];
  let at = place.from;
  while (at < place.to) {
    work.spend('entry', 1, 'local headers');
    // The directory begins, wherever the end says that it does.
    if (files.length > 0 && signatureAt(view, at) === RECORD_SIGNATURE) return files;
    const file = readFile(view, bytes, { from: at, to: place.to }, work);
    if (file === null) return null;
    files.push(file);
    at = file.next;
  }
  return at === place.to ? files : null;
}

interface Span {
  from: number;
  to: number;
}

function readFile(
  view: DataView,
  bytes: Uint8Array,
  { from: at, to }: Span,
  work: Work,
): (StreamedFile & { next: number }) | null {
  if (at + LOCAL_SIZE > to || view.getUint32(at, true) !== LOCAL_SIGNATURE) return null;
  const flags = view.getUint16(at + 6, true);
  const method = view.getUint16(at + 8, true);
  const name_length = view.getUint16(at + 26, true);
  const extra_length = view.getUint16(at + 28, true);
  const from = at + LOCAL_SIZE + name_length + extra_length;
  const is_known = (method === STORED || method === DEFLATED) && (flags & ENCRYPTED) === 0;
  const is_streamed = (flags & HAS_DESCRIPTOR) !== 0;
  if (!is_known || from > to || (is_streamed && method === STORED)) return null;
  const { name } = entryName(bytes.subarray(at + LOCAL_SIZE, at + LOCAL_SIZE + name_length), flags);
  const size = view.getUint32(at + 18, true);
  const [, large] = largeValues(view, from - extra_length, extra_length);
  const compressed = size === UNKNOWN32 && large !== undefined ? large : size;
  const end = is_streamed ? to : from + compressed;
  if (end > to) return null;
  const content = contentOf(bytes.subarray(from, end), method, name, work);
  if (content === null) return null;
  const after = is_streamed ? from + content.used : end;
  const said = is_streamed
    ? readDescriptor(view, { from: after, to })
    : { crc: view.getUint32(at + 14, true), next: end };
  if (said === null || said.crc !== crc32(content.bytes)) return null;
  return { name, bytes: content.bytes, data: { from, to: after }, next: said.next };
}

function contentOf(data: Uint8Array, method: number, name: string, work: Work) {
  if (method === STORED) {
    work.spend('crc_byte', data.length, name);
    return { bytes: data, used: data.length };
  }
  const { bytes, end, used } = inflateRaw(data, work.affords('inflated_byte'));
  if (end === 'limit') throw new IntegrityError('too_large', name);
  work.spend('compressed_byte', used, name);
  work.spend('inflated_byte', bytes.length, name);
  work.spend('crc_byte', bytes.length, name);
  return end === 'complete' ? { bytes, used } : null;
}

/** The CRC behind the data, with its signature or without; sizes of 32 or 64 bits follow. */
function readDescriptor(view: DataView, { from, to }: Span): { crc: number; next: number } | null {
  const has_signature = from + 4 <= to && view.getUint32(from, true) === DESCRIPTOR_SIGNATURE;
  const at = has_signature ? from + 4 : from;
  const next = [at + 12, at + 20].find(
    (place) =>
      place === to || [LOCAL_SIGNATURE, RECORD_SIGNATURE].includes(signatureAt(view, place)),
  );
  return next === undefined ? null : { crc: view.getUint32(at, true), next };
}

function signatureAt(view: DataView, at: number): number {
  return at + 4 <= view.byteLength ? view.getUint32(at, true) : 0;
}
