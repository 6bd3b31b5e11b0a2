/**
 * The two kinds of blocks that an archive of a backup has of POSIX tar (ustar, "pax Interchange
 * Format" of IEEE Std 1003.1): headers of regular files, and zeros. `tar` can list and unpack it.
 */

/** Everything in an archive begins at a multiple of this. */
export const BLOCK_BYTES = 512;
/** Two blocks of zeros end an archive. */
export const END_BYTES = 2 * BLOCK_BYTES;

/** A member of an archive. */
export interface Member {
  name: string;
  bytes: number;
}

/** [offset, length] of the fields of a header that are used. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  link: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
} as const;

const REGULAR_FILE = '0';
const USTAR = 'ustar\x0000';
const MODE = 0o600;
const LARGEST_OCTAL = 8 ** 11 - 1;
/** The first byte of a size that is binary, as GNU tar writes those of 8 GiB and more. */
const BINARY = 0x80;

/** The header of a file that its owner alone may read. `modified_at` in epoch milliseconds. */
export function tarHeader({ name, bytes }: Member, modified_at: number): Buffer {
  const header = Buffer.alloc(BLOCK_BYTES);
  const put = (field: keyof typeof FIELDS, text: string) =>
    header.write(text, FIELDS[field][0], FIELDS[field][1], 'latin1');
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  put('name', name);
  put('mode', octal(MODE, 7));
  put('uid', octal(0, 7));
  put('gid', octal(0, 7));
  if (bytes <= LARGEST_OCTAL) put('size', octal(bytes, 11));
  else {
    header.writeUInt8(BINARY, FIELDS.size[0]);
    header.writeBigUInt64BE(BigInt(bytes), FIELDS.size[0] + 4);
  }
  put('mtime', octal(Math.floor(modified_at / 1_000), 11));
  put('type', REGULAR_FILE);
  put('magic', USTAR);
  put('checksum', `${octal(checksumOf(header), 6)}\0 `);
  return header;
}

/** The member that begins with a header; null where it is not one of a plain regular file. */
export function memberOf(header: Buffer): Member | null {
  const text = (field: keyof typeof FIELDS) => {
    const [from, length] = FIELDS[field];
    return header.toString('latin1', from, from + length).split('\0')[0] ?? '';
  };
  const is_plain =
    header.length === BLOCK_BYTES &&
    Number.parseInt(text('checksum'), 8) === checksumOf(header) &&
    text('type') === REGULAR_FILE &&
    text('magic').startsWith('ustar') &&
    text('link') === '' &&
    text('prefix') === '';
  const bytes = sizeIn(header, text('size'));
  return is_plain && bytes !== null ? { name: text('name'), bytes } : null;
}

/** Zeros between the end of a member and the next header. */
export function paddingOf(bytes: number): number {
  return (BLOCK_BYTES - (bytes % BLOCK_BYTES)) % BLOCK_BYTES;
}

function sizeIn(header: Buffer, octal: string): number | null {
  const [from] = FIELDS.size;
  const bytes =
    header[from] === BINARY
      ? Number(header.readBigUInt64BE(from + 4))
      : /^[0-7]+ ?$/.test(octal)
        ? Number.parseInt(octal, 8)
        : Number.NaN;
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** The sum of all bytes, those of the checksum taken as blanks. */
function checksumOf(header: Buffer): number {
  const [from, length] = FIELDS.checksum;
  const blanks = length * ' '.charCodeAt(0);
  return (
    header.reduce((sum, byte, at) => (at < from || at >= from + length ? sum + byte : sum), 0) +
    blanks
  );
}
