import type { FileFormat } from '../../../model/vocabulary.ts';
import { IntegrityError } from './integrity-error.ts';
import { createWork } from './work.ts';
import { readZip, type ZipEntry, zipNames } from './zip.ts';

const OFD_ENTRY = 'OFD.xml';
const MACOS_FOLDER = '__MACOSX/';

/**
 * The files of a format that were delivered inside a ZIP, those first whose name has the number;
 * null when the bytes are no ZIP, or are the OFD asked for. Throws like `readZip`; `not_a_file`
 * when the archive holds no such file, or why it could not be read.
 */
export function packedFiles(
  format: FileFormat,
  bytes: Uint8Array,
  number: string | null,
): Uint8Array[] | null {
  if (!isZip(bytes) || (format === 'ofd' && !holdsFiles(bytes, '.ofd'))) return null;
  const { entries } = readZip(bytes, createWork());
  if (entries.has(OFD_ENTRY)) throw new IntegrityError('not_a_file', 'starts like OFD');
  const files = [...entries.values()].filter(({ name }) => isFileOf(name, `.${format}`));
  if (files.length === 0) throw new IntegrityError('not_a_file', `ZIP without ${format}`);
  for (const { name, unread } of files) {
    if (unread !== null) throw new IntegrityError(unread, name);
  }
  const isWanted = (file: ZipEntry) => number !== null && file.name.includes(number);
  return files
    .toSorted((a, b) => Number(isWanted(b)) - Number(isWanted(a)))
    .map((file) => file.bytes);
}

/** Whether the archive is a parcel of such files, and not a file that happens to be a ZIP. */
function holdsFiles(bytes: Uint8Array, extension: string): boolean {
  const names = zipNames(bytes);
  return !names.includes(OFD_ENTRY) && names.some((name) => isFileOf(name, extension));
}

function isFileOf(name: string, extension: string): boolean {
  return name.toLowerCase().endsWith(extension) && !name.startsWith(MACOS_FOLDER);
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}
