import type { Figure } from '../../bench/figure.ts';
import { type FileFormat, FORMATS } from '../../model/vocabulary.ts';
import { specimenFile } from '../../probes/specimen/index.ts';
import { hostileFiles } from '../probes/hostile-files.ts';
import { inspection } from '../probes/inspection.ts';
import { randomInvoice } from '../probes/invoices.ts';
import { createRandom } from '../random.ts';
import { cut, mutate } from './mutations.ts';
import type { SoakPart } from './part.ts';

const LASTS_MS = 5 * 60_000;
const CUTS_PER_FILE = 10;
const MUTATIONS_PER_FILE = 100;
/** The measuring thread does nothing else meanwhile. */
const LONGEST_CHECK_MS = 200;

export const files: SoakPart = {
  name: 'files',
  about:
    'Sound invoice files, the same files cut and spoilt in random ways, and files made to keep ' +
    'their reader busy go through the integrity check, which must never throw. Time is of the ' +
    'processor, of a slow file the best of three runs.',

  async run(seed) {
    const random = createRandom(seed);
    const tally = newTally();
    const end = performance.now() + LASTS_MS;
    let other = specimenFile('pdf', randomInvoice(random));
    while (performance.now() < end) {
      const invoice = randomInvoice(random);
      for (const format of FORMATS) {
        const file = specimenFile(format, invoice);
        tryFile({ format, file, other, random }, tally);
        other = file;
      }
    }
    return [...figuresOf(tally), hostileFigure()];
  },
};

/** What was seen so far. */
interface Tally {
  sound: number;
  sound_called_corrupt: number;
  cut: number;
  cut_called_sound: number;
  spoilt: number;
  longest_ms: number;
}

function newTally(): Tally {
  return {
    sound: 0,
    sound_called_corrupt: 0,
    cut: 0,
    cut_called_sound: 0,
    spoilt: 0,
    longest_ms: 0,
  };
}

interface Trial {
  format: FileFormat;
  file: Uint8Array;
  /** A sound file to take pieces from. */
  other: Uint8Array;
  random: () => number;
}

/** A sound file as it is, cut, and spoilt. */
function tryFile(trial: Trial, tally: Tally): void {
  const { format, file, other, random } = trial;
  const isSound = (bytes: Uint8Array) => {
    const { sound, took_ms } = check(format, bytes, tally.longest_ms);
    tally.longest_ms = Math.max(tally.longest_ms, took_ms);
    return sound;
  };
  tally.sound += 1;
  if (!isSound(file)) tally.sound_called_corrupt += 1;
  // What follows the end marker may be lost without harm.
  const content = file.subarray(0, file.length - 1);
  for (let n = 0; n < CUTS_PER_FILE; n += 1) {
    tally.cut += 1;
    if (isSound(cut(content, random))) tally.cut_called_sound += 1;
  }
  for (let n = 0; n < MUTATIONS_PER_FILE; n += 1) {
    tally.spoilt += 1;
    isSound(mutate(file, random, other));
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
    longestFigure('longest check of a spoilt file', tally.longest_ms, tally.spoilt),
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
