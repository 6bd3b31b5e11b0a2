import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What Chromium made of a server. */
export interface BrowserRecord {
  /** A page was shown and nothing of it was missing. */
  loaded: boolean;
  /** The net error that kept the page away, or broke it off. */
  error: string | null;
  /** Path of the final address. */
  path: string | null;
  status: number | null;
  title: string | null;
  /** Length of the text that a reader sees. */
  text_length: number | null;
  /** Title and text are as the check expects them. */
  as_expected: boolean;
}

/** What curl made of it. */
export interface CurlRecord {
  /** Its exit code. */
  exit: number;
  status: number;
  /** Bytes of the body. */
  size: number;
}

export interface Recording {
  /** Version of each program. */
  versions: Record<string, string>;
  servers: Record<string, { chromium: BrowserRecord; curl: CurlRecord }>;
}

export const RECORDED_AT = join(import.meta.dirname, 'recorded.jsonl');

/** What the programs made of the servers when that was last recorded. */
export function readRecording(): Recording {
  const [first = '', ...lines] = readFileSync(RECORDED_AT, 'utf8').trim().split('\n');
  const { versions } = JSON.parse(first) as Pick<Recording, 'versions'>;
  const servers = lines.map((line) => {
    const { id, ...seen } = JSON.parse(line) as { id: string } & Recording['servers'][string];
    return [id, seen] as const;
  });
  return { versions, servers: Object.fromEntries(servers) };
}
