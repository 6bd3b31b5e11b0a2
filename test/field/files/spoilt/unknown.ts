import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileFormat } from '../../../../model/vocabulary.ts';
import { opensHere } from '../../../../probes/files/pdf-js.ts';
import {
  type IntegrityRequest,
  inspectFile,
  judgeFile,
} from '../../../../probes/integrity/index.ts';
import type { MutationKind } from '../../../soak/mutations.ts';
import { READERS, type ReaderAnswer, type ReaderName } from '../reference/readers.ts';
import { installedReaders } from '../reference/recording.ts';
import type { Spoilt } from './trials.ts';

/** What was seen of the damage of one kind. */
export interface Share {
  format: FileFormat;
  kind: MutationKind;
  n: number;
  /** Called corrupt or mismatch, and left unjudged. */
  seen: number;
  unjudged: number;
  /** Of the sample that the public reader was asked about: refused or complained of. */
  asked: number;
  reader_seen: number;
}

/** What judging spoilt files came to. */
export interface Judged {
  shares: Share[];
  /** Processor time of the longest judging, a second reader apart. */
  longest_ms: number;
  /** Files that no reader opens, called sound. */
  broken_called_sound: string[];
  /** Readers that are not installed. */
  missing: string[];
}

/**
 * The reader whose share is printed beside ours, and all that must refuse a file that is broken.
 */
export const ASKED: Record<FileFormat, { beside: ReaderName; all: readonly ReaderName[] }> = {
  pdf: { beside: 'qpdf', all: ['qpdf', 'pdfinfo', 'mutool'] },
  ofd: { beside: 'unzip', all: ['unzip', 'zipfile'] },
  xml: { beside: 'xmllint', all: ['xmllint'] },
};

/** Judges files of which nothing is known, and asks public readers about every so many of them. */
export async function judgeUnknown(files: Iterable<Spoilt>, every: number): Promise<Judged> {
  const { missing } = await installedReaders();
  const judged: Judged = { shares: [], longest_ms: 0, broken_called_sound: [], missing };
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-spoilt-'));
  try {
    for (const file of files) await judgeOne(file, judged, { every, folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return judged;
}

async function judgeOne(
  file: Spoilt,
  judged: Judged,
  { every, folder }: { every: number; folder: string },
): Promise<void> {
  const { format, kind, bytes, number } = file;
  const share = shareOf(judged, format, kind);
  const request = { format, bytes, content_length: null, expected: { number } };
  judged.longest_ms = Math.max(judged.longest_ms, workOf(request, judged.longest_ms));
  const pdf = (content: Uint8Array) => opensHere(Uint8Array.from(content));
  const { verdict } = (await judgeFile(request, { pdf })).integrity;
  share.n += 1;
  if (verdict === 'unjudged') share.unjudged += 1;
  else if (verdict !== 'sound') share.seen += 1;
  if (share.n % every !== 1 % every) return;
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  const { beside, all } = ASKED[format];
  if (all.some((name) => judged.missing.includes(name))) return;
  const answers = await Promise.all(
    all.map(async (name): Promise<ReaderAnswer> => await READERS[name].ask(path)),
  );
  const own = answers[all.indexOf(beside)];
  share.asked += 1;
  if (own?.did === 'refuses' || own?.did === 'warns') share.reader_seen += 1;
  const is_broken = answers.every(({ did, part_wrong }) => {
    return format === 'ofd' ? part_wrong === true : did === 'refuses';
  });
  if (is_broken && verdict === 'sound') {
    judged.broken_called_sound.push(`${format}, ${kind}: ${own?.words ?? ''}`);
  }
}

function shareOf({ shares }: Judged, format: FileFormat, kind: MutationKind): Share {
  const known = shares.find((share) => share.format === format && share.kind === kind);
  if (known !== undefined) return known;
  const share = { format, kind, n: 0, seen: 0, unjudged: 0, asked: 0, reader_seen: 0 };
  shares.push(share);
  return share;
}

/** Processor time in milliseconds; of three runs the best if the first took suspiciously long. */
function workOf(request: IntegrityRequest, suspicious_ms: number): number {
  const once = () => {
    const before = process.threadCpuUsage();
    inspectFile(request);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1_000;
  };
  const first_ms = once();
  return first_ms <= suspicious_ms ? first_ms : Math.min(first_ms, once(), once());
}

/** The shares as lines of text, ours beside the reader's. */
export function linesOf({ shares, missing }: Judged): string[] {
  const lines = shares.map((share) => {
    const { format, kind, n, seen, unjudged, asked, reader_seen } = share;
    const { beside } = ASKED[format];
    const ours = `${percent(seen, n)} seen, ${percent(unjudged, n)} unjudged of ${n}`;
    const theirs = asked === 0 ? `${beside} not asked` : `${beside} ${percent(reader_seen, asked)}`;
    return `${format}  ${kind.padEnd(23)} ${ours}; ${theirs} of ${asked}`;
  });
  return [...lines, ...missing.map((name) => `${name} is not installed: not asked`)];
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(0).padStart(3)} %`;
}
