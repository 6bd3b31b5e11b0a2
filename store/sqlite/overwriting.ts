import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Notices that another program writes into the open database file. */
export interface OverwriteWatch {
  /** To be asked every second or so; true once it is over, for good. */
  isOverwritten(): boolean;
  /** Only after the engine has closed the file: this takes its locks from it. */
  close(): void;
}

/** What cannot change between two looks without the engine. */
interface FileLook {
  /** The log's salts and how much of it has been brought into the file. */
  progress: string;
  modified_at: bigint;
  /** Size and header of the file. */
  head: string;
}

/**
 * The engine writes into the file only when it brings the log into it, and says so before in the
 * index of the log (https://sqlite.org/walformat.html). A file that was modified, and has another
 * size or header, while the index is the same, was overwritten: a backup was copied over it.
 *
 * The files stay open, because closing one would take from this process the engine's locks on it.
 */
export function watchOverwriting(path: string): OverwriteWatch {
  const file = openSync(path, 'r');
  let index: number | null = null;
  let last: FileLook | null = null;
  let overwritten_at: bigint | null = null;
  return {
    isOverwritten() {
      if (overwritten_at !== null) {
        const before = overwritten_at;
        overwritten_at = modifiedAt(file);
        // What is still being copied would be found damaged.
        return before === overwritten_at;
      }
      index ??= openIfThere(`${path}-shm`);
      const look = index === null ? null : lookAt(file, index);
      if (look === null) return false;
      if (last !== null && isForeign(last, look)) overwritten_at = look.modified_at;
      last = look;
      return false;
    },
    close() {
      for (const it of [file, index]) if (it !== null) closeSync(it);
    },
  };
}

function isForeign(before: FileLook, now: FileLook): boolean {
  return (
    before.progress === now.progress &&
    before.modified_at !== now.modified_at &&
    before.head !== now.head
  );
}

/** null while the engine brings the log into the file. */
function lookAt(file: number, index: number): FileLook | null {
  const progress = progressOf(index);
  const look = { modified_at: modifiedAt(file), head: headOf(file) };
  return progress !== null && progress === progressOf(index) ? { progress, ...look } : null;
}

/** Where the index has the salts of the log, and the frames brought into the file. */
const INDEX_BYTES = 136;
const SALTS = { from: 32, to: 40 };
const BROUGHT = { from: 96, to: 100 };
const BEING_BROUGHT = { from: 128, to: 132 };

/** null while frames are being brought into the file. */
function progressOf(index: number): string | null {
  const bytes = read(index, INDEX_BYTES);
  const part = ({ from, to }: { from: number; to: number }) => bytes.toString('hex', from, to);
  return part(BROUGHT) === part(BEING_BROUGHT) ? `${part(SALTS)} ${part(BROUGHT)}` : null;
}

const HEADER_BYTES = 100;

function headOf(file: number): string {
  return `${fstatSync(file).size} ${read(file, HEADER_BYTES).toString('hex')}`;
}

function modifiedAt(file: number): bigint {
  return fstatSync(file, { bigint: true }).mtimeNs;
}

function read(file: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, 0);
  return bytes;
}

function openIfThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch {
    return null;
  }
}
