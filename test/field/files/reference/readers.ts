import { execFile } from 'node:child_process';
import { NUMBER, OTHER_NUMBER } from '../field-file.ts';

/** What a public reader did with a file. */
export interface ReaderAnswer {
  /** `unable`: by a limit of its own, or without the password; says nothing of the file. */
  did: 'opens' | 'warns' | 'refuses' | 'unable';
  pages?: number;
  /** Which of the invoices' numbers its text has. */
  invoice?: 'asked' | 'other' | 'none';
  /** All that it draws is white. */
  blank?: true;
  /** The archive is found, and the data of a part are not what the archive says of them. */
  part_wrong?: true;
  /** The name of the outermost element, without its prefix. */
  root?: string;
  /** Its first complaint, for people; differs by version. */
  words?: string;
}

export interface Reader {
  /** Prints the version, on either stream. */
  version: readonly string[];
  ask(path: string): Promise<ReaderAnswer>;
}

const LASTS_MS = 120_000;

/** Readers by name; those of Debian 12 by package qpdf, poppler-utils, mupdf-tools and so on. */
export const READERS = {
  qpdf: {
    version: ['qpdf', '--version'],
    async ask(path) {
      const run = await runs('qpdf', ['--check', path]);
      if (/invalid password/.test(run.said)) return { did: 'unable', words: 'password' };
      const did = ({ 0: 'opens', 3: 'warns' } as const)[run.status] ?? 'refuses';
      if (did === 'refuses') return { did, ...complaint(run.said, path) };
      const pages = Number((await runs('qpdf', ['--show-npages', path])).out.trim());
      return { did, pages, ...(did === 'warns' ? complaint(run.said, path) : {}) };
    },
  },
  pdfinfo: {
    version: ['pdfinfo', '-v'],
    async ask(path) {
      const run = await runs('pdfinfo', [path]);
      const pages = Number(/^Pages: +(\d+)/m.exec(run.out)?.[1] ?? Number.NaN);
      return answerOf(run, path, Number.isNaN(pages) ? {} : { pages });
    },
  },
  pdftotext: {
    version: ['pdftotext', '-v'],
    async ask(path) {
      const run = await runs('pdftotext', ['-l', '50', path, '-']);
      return answerOf(run, path, run.status === 0 ? invoiceIn(run.out) : {});
    },
  },
  pdftoppm: {
    version: ['pdftoppm', '-v'],
    async ask(path) {
      const run = await runs('pdftoppm', ['-gray', '-r', '24', '-l', '3', path]);
      return answerOf(run, path, run.status === 0 ? inkIn(run.out) : {});
    },
  },
  mutool: {
    version: ['mutool', '-v'],
    async ask(path) {
      const drawn = await runs('mutool', [
        'draw',
        '-q',
        '-r',
        '24',
        '-o',
        '-',
        '-F',
        'pgm',
        path,
        '1-3',
      ]);
      const told = await runs('mutool', ['draw', '-q', '-F', 'txt', path, '1-50']);
      const found = drawn.status === 0 ? { ...invoiceIn(told.out), ...inkIn(drawn.out) } : {};
      return answerOf(drawn, path, found);
    },
  },
  unzip: {
    version: ['unzip', '-v'],
    async ask(path) {
      const run = await runs('unzip', ['-tqq', '-P', 'none', path]);
      // unzip(1), diagnostics: 1 is a warning; 81 and 82 are unknown methods and passwords.
      const did =
        ({ 0: 'opens', 1: 'warns', 5: 'unable', 81: 'unable', 82: 'unable' } as const)[
          run.status
        ] ?? 'refuses';
      const wrong = /bad CRC|invalid compressed data/.test(run.said);
      const part = wrong ? ({ part_wrong: true } as const) : {};
      return { did, ...part, ...(did === 'opens' ? {} : complaint(run.said, path)) };
    },
  },
  zipfile: {
    version: ['python3', '--version'],
    async ask(path) {
      const run = await runs('python3', ['-c', ZIPFILE, path]);
      if (run.status === 0) return { did: 'opens' };
      const unable = /NotImplementedError|is encrypted/.test(run.said);
      const wrong = /bad CRC|zlib.error/.test(run.said) ? ({ part_wrong: true } as const) : {};
      return { did: unable ? 'unable' : 'refuses', ...wrong, ...complaint(run.said, path) };
    },
  },
  xmllint: {
    version: ['xmllint', '--version'],
    async ask(path) {
      // From memory, for a file it would inflate by itself.
      const run = await runs('xmllint', ['--noout', '--nonet', '--memory', path]);
      if (run.status !== 0) return answerOf(run, path, {});
      const [root, found] = await Promise.all(
        [ROOT, NUMBERS].map((it) => runs('xmllint', ['--nonet', '--memory', '--xpath', it, path])),
      );
      return answerOf(run, path, {
        root: root?.out.trim() ?? '',
        ...invoiceIn(found?.out ?? ''),
      });
    },
  },
} as const satisfies Record<string, Reader>;

export type ReaderName = keyof typeof READERS;

/** The version as the reader says it; null where it is not installed. */
export async function versionOf(name: ReaderName): Promise<string | null> {
  const [program = '', ...args] = READERS[name].version;
  const { out, said, status } = await runs(program, args);
  if (status === NOT_INSTALLED) return null;
  return /\d+[\d.]*/.exec(out || said)?.[0] ?? null;
}

/** Tests every entry's checksum, as Python's own tools do. */
const ZIPFILE =
  'import sys, zipfile\n' +
  'bad = zipfile.ZipFile(sys.argv[1]).testzip()\n' +
  'sys.exit(f"bad CRC of {bad}" if bad else 0)';

const ROOT = 'local-name(/*)';
const NUMBERS = 'string(//*[local-name()="InvoiceNumber"])';
const NOT_INSTALLED = -1;

interface Run {
  status: number;
  out: string;
  /** What it said to people. */
  said: string;
}

function runs(program: string, args: readonly string[]): Promise<Run> {
  const options = {
    encoding: 'latin1',
    timeout: LASTS_MS,
    maxBuffer: 2 ** 28,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  } as const;
  return new Promise((resolve) => {
    const child = execFile(program, args, options, (error, out, errors) => {
      const said = errors || out;
      if (error === null) resolve({ status: 0, out, said });
      else if (error.code === 'ENOENT') resolve({ status: NOT_INSTALLED, out: '', said: '' });
      // Without a number it was ended by a signal: a crash, or no end.
      else resolve({ status: typeof error.code === 'number' ? error.code : 128, out, said });
    });
    child.stdin?.end();
  });
}

function answerOf(run: Run, path: string, more: Partial<ReaderAnswer>): ReaderAnswer {
  if (/needs a password|Incorrect password|cannot authenticate password/i.test(run.said)) {
    return { did: 'unable', words: 'password' };
  }
  if (run.status !== 0) return { did: 'refuses', ...complaint(run.said, path) };
  const told = run.said === run.out ? '' : run.said.replace(OF_ITSELF, '');
  if (told.trim() !== '') return { did: 'warns', ...more, ...complaint(told, path) };
  return { did: 'opens', ...more };
}

/** What Debian's mutool says of how it was built. */
const OF_ITSELF = /^warning: ICC support is not available\n/gm;

/** Whether there is a point other than white in portable grey maps one behind the other. */
function inkIn(maps: string): Pick<ReaderAnswer, 'blank'> {
  let rest = maps;
  while (rest.startsWith('P5')) {
    const head = /^P5\s+(?:#.*\s+)*(\d+)\s+(\d+)\s+\d+\s/.exec(rest);
    if (head === null) break;
    const end = head[0].length + Number(head[1]) * Number(head[2]);
    if (/[^\xff]/.test(rest.slice(head[0].length, end))) return {};
    rest = rest.slice(end);
  }
  return { blank: true };
}

function invoiceIn(text: string): Pick<ReaderAnswer, 'invoice'> {
  const digits = text.replace(/\s/g, '');
  if (digits.includes(NUMBER)) return { invoice: 'asked' };
  return { invoice: digits.includes(OTHER_NUMBER) ? 'other' : 'none' };
}

function complaint(said: string, path: string): Pick<ReaderAnswer, 'words'> {
  const lines = said.replaceAll(path, 'file').trim().split('\n');
  const line = lines.findLast((it) => /rror|arning|bad CRC/.test(it)) ?? lines[0] ?? '';
  return { words: line.replace(/[^\x20-\x7e]/g, '?').slice(0, 90) };
}
