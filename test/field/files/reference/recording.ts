import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamedFile } from '../index.ts';
import { READERS, type ReaderAnswer, type ReaderName, versionOf } from './readers.ts';

/** What public readers did with one file. */
export interface RecordedFile {
  /** Of the file, in hexadecimal: what they were asked about. */
  sha256: string;
  bytes: number;
  readers: Partial<Record<ReaderName, ReaderAnswer>>;
}

export interface Recording {
  versions: Partial<Record<ReaderName, string>>;
  files: Record<string, RecordedFile>;
}

/** What ofdrw did with one file; asked by hand: ofdrw/README.md. */
export interface OfdrwAnswer {
  /** Opens it and draws each page. */
  did: 'opens' | 'refuses' | 'unable';
  pages?: number;
  /** `right`, `unsigned`, `unable …`, or the part whose digest is wrong. */
  digests?: string;
  invoice?: ReaderAnswer['invoice'];
  /** Whether java.util.zip reads the archive from its start, checking each CRC. */
  streamed: boolean;
  words?: string;
}

export interface OfdrwRecording {
  version: string;
  /** By the SHA-256 of the file. */
  files: Record<string, OfdrwAnswer>;
}

const AT_ONCE = 3;

const BY_FORMAT: Record<NamedFile['format'], readonly ReaderName[]> = {
  pdf: ['qpdf', 'pdfinfo', 'pdftotext', 'pdftoppm', 'mutool'],
  ofd: ['unzip', 'zipfile'],
  xml: ['xmllint'],
};

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The readers that are installed, with their versions, and the names of those that are not. */
export async function installedReaders() {
  const versions: Recording['versions'] = {};
  const missing: ReaderName[] = [];
  for (const name of Object.keys(READERS) as ReaderName[]) {
    const version = await versionOf(name);
    if (version === null) missing.push(name);
    else versions[name] = version;
  }
  return { versions, missing };
}

/** Asks the installed readers of a format about each file. */
export async function recordFiles(files: readonly NamedFile[]): Promise<Recording> {
  const { versions } = await installedReaders();
  const folder = mkdtempSync(join(tmpdir(), 'piaokuang-files-'));
  const recorded = new Map<string, RecordedFile>();
  const waiting = [...files.entries()];
  const next = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const [n, file] = one;
      recorded.set(file.name, await recordFile(file, join(folder, String(n)), versions));
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const inOrder = files.map(({ name }) => [name, recorded.get(name)]);
  return { versions, files: Object.fromEntries(inOrder) };
}

async function recordFile(
  file: NamedFile,
  stem: string,
  versions: Recording['versions'],
): Promise<RecordedFile> {
  const bytes = file.make();
  const path = `${stem}.${file.format}`;
  writeFileSync(path, bytes);
  const readers: RecordedFile['readers'] = {};
  const ask = async (name: ReaderName, at: string) => {
    if (versions[name] !== undefined) readers[name] = await READERS[name].ask(at);
  };
  if (file.format === 'xml' && isZip(bytes)) {
    // The archive, and the invoice in it: that which was asked for, if there are several.
    for (const name of BY_FORMAT.ofd) await ask(name, path);
    const answers: ReaderAnswer[] = [];
    for (const [n, content] of (await xmlPartsOf(path)).entries()) {
      const inner = `${stem}.${n}.xml`;
      writeFileSync(inner, content);
      await ask('xmllint', inner);
      if (readers.xmllint !== undefined) answers.push(readers.xmllint);
    }
    const best = answers.find(({ invoice }) => invoice === 'asked') ?? answers[0];
    if (best !== undefined) readers.xmllint = best;
  } else {
    for (const name of BY_FORMAT[file.format]) await ask(name, path);
  }
  rmSync(path);
  return { sha256: sha256(bytes), bytes: bytes.length, readers };
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

async function xmlPartsOf(path: string): Promise<Buffer[]> {
  const names = (await unzipped('-Z1', path)).toString('latin1').split('\n');
  const parts = names.filter((name) => /^[\x20-\x7e]+\.xml$/.test(name));
  if (parts.length < 2) return [await unzipped('-p', path, '*.xml')];
  return Promise.all(parts.map((name) => unzipped('-p', path, name)));
}

function unzipped(...args: string[]): Promise<Buffer> {
  return new Promise((resolve) => {
    execFile('unzip', args, { encoding: 'buffer' }, (_, content) => resolve(content));
  });
}
