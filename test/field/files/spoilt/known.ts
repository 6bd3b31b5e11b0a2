import type { SpecimenCopy } from '../../../../model/specimen.ts';
import { succeeded } from '../../../../probes/exchange/failure.ts';
import { factDigests, invoiceDigest, sha256Of } from '../../../../probes/files/digests.ts';
import { type DownloadVerdict, judgeDownload } from '../../../../probes/files/download-verdict.ts';
import { judgeCopy } from '../../../../probes/files/judge-copy.ts';
import { inspectFile } from '../../../../probes/integrity/index.ts';
import type { Spoilt } from './trials.ts';

const KEY = 'installation';
const CHECK = 'download';

/**
 * The verdict on a spoilt copy of a file that was learned, as the line comes to it. `again` is the
 * copy that is fetched then.
 */
export async function judgeKnown(spoilt: Spoilt, again: Uint8Array): Promise<DownloadVerdict> {
  const { format, bytes, number } = spoilt;
  return await judgeDownload({
    check: CHECK,
    format,
    key: KEY,
    known: [await learned(spoilt)],
    first: download(bytes, number),
    again: async () => succeeded(download(again, number)),
    judge: judgeCopy,
  });
}

/** Whether damage was noticed: told as such, or as another edition of the file. */
export function isNoticed({ integrity, notes }: DownloadVerdict): boolean {
  return integrity.verdict !== 'sound' || notes.includes('file_updated');
}

async function learned({ format, original, number }: Spoilt): Promise<SpecimenCopy> {
  const judged = inspectFile({ format, bytes: original, content_length: null, expected: null });
  return {
    invoice: invoiceDigest({ key: KEY, check: CHECK, format, invoice: number }),
    format,
    sha256: await sha256Of(original),
    size: original.length,
    facts: factDigests(judged.facts, KEY),
    notes: judged.notes,
  };
}

function download(bytes: Uint8Array, number: string) {
  const copy = Uint8Array.from(bytes);
  return {
    bytes: copy,
    content_length: copy.length,
    complete: true,
    over_limit: false,
    number,
    invoice: number,
  };
}
