import type { Figure } from '../../bench/figure.ts';
import { type FileFormat, FORMATS } from '../../model/vocabulary.ts';
import { specimenFile } from '../../probes/specimen/index.ts';
import { isNoticed, judgeKnown } from '../field/files/spoilt/known.ts';
import { spoiltFieldFiles, spoiltSpecimens } from '../field/files/spoilt/trials.ts';
import { ASKED, type Judged, judgeUnknown } from '../field/files/spoilt/unknown.ts';
import { hostileFiles } from '../probes/hostile-files.ts';
import { inspection } from '../probes/inspection.ts';
import { randomInvoice } from '../probes/invoices.ts';
import { createRandom } from '../random.ts';
import { cut, withoutSpare } from './mutations.ts';
import type { SoakPart } from './part.ts';

const FILES_PER_FORMAT = 100;
const CUTS_PER_FILE = 10;
const SPOILT_PER_FORMAT = 10_000;
/** Public readers are processes of their own. */
const ASK_EVERY = 50;
/** A second reader is asked about each. */
const TWICE_EVERY = 20;
/** The measuring thread does nothing else meanwhile. */
const LONGEST_CHECK_MS = 200;

export const files: SoakPart = {
  name: 'files',
  about:
    'Sound invoice files, the same files cut, and files made to keep their reader busy go ' +
    'through the integrity check, which must never throw; then spoilt files, of which none or ' +
    'all is known, beside what public readers say. Time is of the processor, of a slow file the ' +
    'best of three runs.',

  async run(seed) {
    const random = createRandom(seed);
    const tally = newTally();
    for (const format of FORMATS) {
      for (let n = 0; n < FILES_PER_FORMAT; n += 1) {
        tryFile({ format, file: specimenFile(format, randomInvoice(random)), random }, tally);
      }
    }
    const spoilt: Figure[] = [];
    for (const format of FORMATS) spoilt.push(...(await spoiltFigures(format, random)));
    return [...figuresOf(tally), hostileFigure(), ...spoilt];
  },
};

/** Half of ours and half of the field's, unknown; then ours as if each had been learned. */
async function spoiltFigures(format: FileFormat, random: () => number): Promise<Figure[]> {
  const half = SPOILT_PER_FORMAT / 2;
  const unknown = [
    await judgeUnknown(spoiltSpecimens(format, half, random), ASK_EVERY),
    await judgeUnknown(spoiltFieldFiles(format, half, random), ASK_EVERY),
  ];
  let known_unseen = 0;
  let n = 0;
  for (const file of spoiltSpecimens(format, SPOILT_PER_FORMAT, random)) {
    n += 1;
    if (!isNoticed(await judgeKnown(file, file.original))) known_unseen += 1;
    if (n % TWICE_EVERY !== 0) continue;
    if (!isNoticed(await judgeKnown(file, file.bytes))) known_unseen += 1;
  }
  const broken = unknown.flatMap(({ broken_called_sound }) => broken_called_sound).length;
  const longest_ms = Math.max(...unknown.map((one) => one.longest_ms));
  const never = { unit: '', budget: { at_most: 0 } };
  return [
    { ...never, what: `${format}: learned, spoilt, unseen`, value: known_unseen, n },
    { ...never, what: `${format}: opened by no reader, called sound`, value: broken, n: 2 * half },
    longestFigure(`${format}: longest check of a spoilt file`, longest_ms, 2 * half),
    ...unknown.flatMap((one, index) => shareFigures(one, index === 0 ? 'ours' : 'the field')),
  ];
}

/** What was seen of each kind of damage, and what the public reader saw. */
function shareFigures({ shares }: Judged, of: string): Figure[] {
  const percent = (value: number, n: number) => ({ value: (100 * value) / Math.max(1, n), n });
  const plain = { unit: '%', budget: null };
  return shares.flatMap((share) => {
    const what = `${share.format} of ${of}, ${share.kind}`;
    const { beside } = ASKED[share.format];
    return [
      { ...plain, what: `${what}: seen`, ...percent(share.seen, share.n) },
      { ...plain, what: `${what}: unjudged`, ...percent(share.unjudged, share.n) },
      { ...plain, what: `${what}: ${beside}`, ...percent(share.reader_seen, share.asked) },
    ];
  });
}

/** What was seen so far. */
interface Tally {
  sound: number;
  sound_called_corrupt: number;
  cut: number;
  cut_called_sound: number;
  longest_ms: number;
}

function newTally(): Tally {
  return {
    sound: 0,
    sound_called_corrupt: 0,
    cut: 0,
    cut_called_sound: 0,
    longest_ms: 0,
  };
}

interface Trial {
  format: FileFormat;
  file: Uint8Array;
  random: () => number;
}

/** A sound file as it is, and cut. */
function tryFile(trial: Trial, tally: Tally): void {
  const { format, file, random } = trial;
  const isSound = (bytes: Uint8Array) => {
    const { sound, took_ms } = check(format, bytes, tally.longest_ms);
    tally.longest_ms = Math.max(tally.longest_ms, took_ms);
    return sound;
  };
  tally.sound += 1;
  if (!isSound(file)) tally.sound_called_corrupt += 1;
  const content = withoutSpare(format, file);
  for (let n = 0; n < CUTS_PER_FILE; n += 1) {
    tally.cut += 1;
    if (isSound(cut(content, random))) tally.cut_called_sound += 1;
  }
}

/**
 * The verdict and the processor time it took: of three runs the best if the first took longer than
 * `suspicious_ms`.
 */
function check(format: FileFormat, bytes: Uint8Array, suspicious_ms: number) {
  const once = () => {
    const before = process.threadCpuUsage();
    const { found } = inspection({ format, bytes, content_length: null, expected: null });
    const { user, system } = process.threadCpuUsage(before);
    return { sound: found === 'sound', took_ms: (user + system) / 1_000 };
  };
  const first = once();
  if (first.took_ms <= suspicious_ms) return first;
  const took_ms = Math.min(first.took_ms, once().took_ms, once().took_ms);
  return { ...first, took_ms };
}

function figuresOf(tally: Tally): Figure[] {
  const never = { unit: '', budget: { at_most: 0 } };
  return [
    { ...never, what: 'sound, called corrupt', value: tally.sound_called_corrupt, n: tally.sound },
    { ...never, what: 'cut, called sound', value: tally.cut_called_sound, n: tally.cut },
    longestFigure('longest check of a cut file', tally.longest_ms, tally.cut),
  ];
}

function hostileFigure(): Figure {
  let longest_ms = 0;
  let n = 0;
  for (const { format, bytes } of hostileFiles()) {
    longest_ms = Math.max(longest_ms, check(format, bytes, longest_ms).took_ms);
    n += 1;
  }
  return longestFigure('longest check of a file made to take long', longest_ms, n);
}

function longestFigure(what: string, value: number, n: number): Figure {
  return { what, value, unit: 'ms', n, budget: { at_most: LONGEST_CHECK_MS } };
}
