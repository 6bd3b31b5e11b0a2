import type { FileFormat } from '../../../../model/vocabulary.ts';
import { specimenFile } from '../../../../probes/specimen/index.ts';
import { randomInvoice } from '../../../probes/invoices.ts';
import { MUTATIONS, type MutationKind } from '../../../soak/mutations.ts';
import { NUMBER } from '../field-file.ts';
import { FILES } from '../index.ts';

/** A sound file and what one mutation made of it. */
export interface Spoilt {
  format: FileFormat;
  kind: MutationKind;
  original: Uint8Array;
  bytes: Uint8Array;
  /** Of the invoice that the file is of. */
  number: string;
}

const KINDS = Object.keys(MUTATIONS) as MutationKind[];
const LARGEST_BYTES = 64 * 1024;

/** As many spoilt specimens of a format, all kinds in turn; each differs from its original. */
export function* spoiltSpecimens(
  format: FileFormat,
  count: number,
  random: () => number,
): Generator<Spoilt> {
  yield* spoil(count, random, () => {
    const invoice = randomInvoice(random);
    return { format, original: specimenFile(format, invoice), number: invoice.number };
  });
}

/** The same of the files of the field that are sound, of other writers than ours. */
export function* spoiltFieldFiles(
  format: FileFormat,
  count: number,
  random: () => number,
): Generator<Spoilt> {
  const sound = FILES.filter((file) => file.format === format && file.should?.verdict === 'sound')
    .map((file) => file.make())
    // Readers of XML are not asked about archives.
    .filter((file) => file.length <= LARGEST_BYTES && !(format === 'xml' && file[0] === 0x50));
  yield* spoil(count, random, () => {
    const original = sound[Math.floor(random() * sound.length)] ?? new Uint8Array();
    return { format, original, number: NUMBER };
  });
}

function* spoil(
  count: number,
  random: () => number,
  next: () => Omit<Spoilt, 'kind' | 'bytes'>,
): Generator<Spoilt> {
  let other = next().original;
  for (let made = 0; made < count; ) {
    const file = next();
    const kind = KINDS[made % KINDS.length] ?? 'a byte changed';
    const bytes = MUTATIONS[kind](file.original, random, other);
    other = file.original;
    if (Buffer.compare(bytes, file.original) === 0) continue;
    made += 1;
    yield { ...file, kind, bytes };
  }
}
