import { inflateZlib } from '../../shared/inflate.ts';
import { IntegrityError } from '../../shared/integrity-error.ts';
import { type PdfWork, spend } from '../syntax/source.ts';
import { type Unpacked, unpackLzw } from './lzw.ts';
import { unpackBase85, unpackHex, unpackRuns } from './plain.ts';
import { type Prediction, unpredict } from './predictor.ts';

/** One filter of a stream and its parameters. */
export interface PdfFilter {
  name: string;
  prediction: Prediction;
  /** Of LZW: codes lengthen one entry early. */
  early: boolean;
  /** Of Crypt: the name of the method. */
  method: string;
}

export interface DecodedStream {
  bytes: Uint8Array;
  /** The data ended within a block: whether all is there, only the content tells. */
  cut: boolean;
  /** The filter of an image that readers undo and we do not; null if all were undone. */
  image: string | null;
}

/** Work of a byte that is made, by what makes it. */
const INFLATE_WORK = 2;
const UNPACK_WORK = 4;
const UNPREDICT_WORK = 4;
/** Blocks without content, and the cost of beginning. */
const EMPTY_WORK = 100;
const START_WORK = 2000;

const IMAGES: Record<string, string> = {
  DCTDecode: 'DCTDecode',
  DCT: 'DCTDecode',
  JPXDecode: 'JPXDecode',
  CCITTFaxDecode: 'CCITTFaxDecode',
  CCF: 'CCITTFaxDecode',
  JBIG2Decode: 'JBIG2Decode',
};

/**
 * Undoes the filters of a stream, in their order, up to one of images. Throws `stream` where data
 * is damaged (data that merely ends early is not), `unknown_filter`, `encrypted`, and `too_large`
 * when work runs out. `where` names the stream.
 */
export function decodeStream(
  data: Uint8Array,
  filters: PdfFilter[],
  work: PdfWork,
  where: string,
): DecodedStream {
  let decoded: DecodedStream = { bytes: data, cut: false, image: null };
  for (const filter of filters) {
    if (decoded.image !== null) throw new IntegrityError('unknown_filter', where);
    const image = IMAGES[filter.name];
    if (image !== undefined) {
      checkImage(image, decoded.bytes, where);
      decoded = { ...decoded, image };
    } else decoded = decodeOne(decoded, filter, work, where);
  }
  return decoded;
}

function decodeOne(
  before: DecodedStream,
  filter: PdfFilter,
  work: PdfWork,
  where: string,
): DecodedStream {
  spend(work, START_WORK);
  switch (filter.name) {
    case 'FlateDecode':
    case 'Fl': {
      const { bytes, cut } = inflate(before.bytes, work, where);
      return { ...before, cut: before.cut || cut, bytes: predicted(bytes, filter, work) };
    }
    case 'LZWDecode':
    case 'LZW': {
      const limit = Math.floor(work.left / UNPACK_WORK);
      const unpacked = unpackLzw(before.bytes, filter.early, limit);
      return { ...before, bytes: predicted(checked(unpacked, work, where), filter, work) };
    }
    case 'ASCIIHexDecode':
    case 'AHx':
      return { ...before, bytes: checked(unpackHex(before.bytes), work, where) };
    case 'ASCII85Decode':
    case 'A85': {
      const limit = Math.floor(work.left / UNPACK_WORK);
      return { ...before, bytes: checked(unpackBase85(before.bytes, limit), work, where) };
    }
    case 'RunLengthDecode':
    case 'RL': {
      const limit = Math.floor(work.left / UNPACK_WORK);
      return { ...before, bytes: checked(unpackRuns(before.bytes, limit), work, where) };
    }
    case 'Crypt':
      if (filter.method === 'Identity') return before;
      throw new IntegrityError('encrypted', where);
    default:
      throw new IntegrityError('unknown_filter', where);
  }
}

function inflate(data: Uint8Array, work: PdfWork, where: string) {
  const inflated = inflateZlib(data, Math.floor(work.left / INFLATE_WORK));
  const { bytes, end, checksum, used } = inflated;
  spend(work, bytes.length * INFLATE_WORK + Math.max(0, used - bytes.length) * EMPTY_WORK);
  if (end === 'limit') throw new IntegrityError('too_large', where);
  if (end === 'damaged' || checksum === 'wrong') throw new IntegrityError('stream', where);
  return { bytes, cut: end === 'cut' && !inflated.between_blocks };
}

function predicted(bytes: Uint8Array, filter: PdfFilter, work: PdfWork): Uint8Array {
  if (filter.prediction.predictor < 2) return bytes;
  spend(work, bytes.length * UNPREDICT_WORK);
  return unpredict(bytes, filter.prediction);
}

function checked(unpacked: Unpacked, work: PdfWork, where: string): Uint8Array {
  spend(work, unpacked.bytes.length * UNPACK_WORK);
  if (unpacked.over_limit) throw new IntegrityError('too_large', where);
  if (unpacked.damaged) throw new IntegrityError('stream', where);
  return unpacked.bytes;
}

/** How the data of images must begin: they have no checksum. */
function checkImage(filter: string, bytes: Uint8Array, where: string): void {
  const begins = (...head: number[]) => head.every((byte, at) => bytes[at] === byte);
  if (filter === 'DCTDecode' && !begins(0xff, 0xd8)) throw new IntegrityError('stream', where);
  const isJpx = begins(0, 0, 0, 12, 0x6a, 0x50) || begins(0xff, 0x4f, 0xff, 0x51);
  if (filter === 'JPXDecode' && !isJpx) throw new IntegrityError('stream', where);
}
