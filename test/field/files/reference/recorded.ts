import { readLines } from './lines.ts';
import type { OfdrwRecording, Recording } from './recording.ts';

/** What readers did when it was last written down: `npm run record -- files`. */
export const RECORDED: Recording = readRecording();

/** What ofdrw did: ../ofdrw/README.md. */
export const OFDRW: OfdrwRecording = readOfdrw();

function readRecording(): Recording {
  const [{ versions }, ...lines] = readLines(new URL('./recorded.jsonl', import.meta.url));
  return { versions, files: Object.fromEntries(lines.map(({ name, ...it }) => [name, it])) };
}

function readOfdrw(): OfdrwRecording {
  const [{ version }, ...lines] = readLines(new URL('../ofdrw/ofdrw.jsonl', import.meta.url));
  return { version, files: Object.fromEntries(lines.map(({ sha256, ...it }) => [sha256, it])) };
}
