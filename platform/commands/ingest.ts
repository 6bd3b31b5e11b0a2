import { open } from 'node:fs/promises';
import { type EventError, nextBody, postUntilTaken } from '../../clients/ingest/index.ts';
import { type EventReader, readCsv, readNdjson } from '../../clients/ingest/read-events.ts';
import { SECOND } from '../../model/time.ts';
import { readArguments } from '../arguments.ts';
import { originOf } from '../config/addresses.ts';
import { readEnvironment } from '../config/environment.ts';
import { print } from '../console.ts';
import { keepFilesPrivate } from '../data-directory.ts';
import { UnrecoverableError } from '../unrecoverable.ts';
import { toldFailure } from './shared/failure.ts';

/** How much is read at once, so that a large file takes little memory. */
const PIECE_BYTES = 64 * 1024;
const LOOKED_EVERY_MS = SECOND;

/**
 * `npm run ingest -- --file FILE [--follow] [--url URL]`: posts the events in a file, CSV (by its
 * name) or NDJSON, with the token in INGEST_TOKEN, until each is acknowledged or refused. With
 * --follow it goes on with what is appended, until it is stopped. Exit code 0 when all were
 * taken, 1 when some were refused, 2 when an argument is wrong or the file cannot be read.
 */
async function main(argv: readonly string[]): Promise<number> {
  keepFilesPrivate();
  const { flags } = readArguments('ingest', argv);
  const file = String(flags.file ?? '');
  if (file === '') throw new UnrecoverableError('--file is missing: a file of events.');
  const token = process.env.INGEST_TOKEN ?? '';
  if (token === '') throw new UnrecoverableError('INGEST_TOKEN is not set: the token of a sender.');
  const url = flags.url === undefined ? localUrl() : String(flags.url);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const counts = { sent: 0, refused: 0 };
  const options = {
    url,
    token,
    failed: (problem: string) => print(`not taken yet, tried again: ${problem}`),
    refused(_: string, errors: readonly EventError[]) {
      counts.refused += 1;
      print(`refused: ${errors.map((it) => `${it.pointer} ${it.detail}`).join('; ')}`);
    },
  };
  const reader = file.toLowerCase().endsWith('.csv') ? readCsv() : readNdjson();
  for await (const lines of bodiesOf(file, reader, flags.follow === true, stop.signal)) {
    if (!(await postUntilTaken(lines, options, stop.signal))) break;
    counts.sent += lines.length;
  }
  print(`${counts.sent - counts.refused} events taken, ${counts.refused} refused.`);
  return counts.refused > 0 ? 1 : 0;
}

function localUrl(): string {
  const { ingest_host, ingest_port } = readEnvironment(process.env);
  return `${originOf(ingest_host, ingest_port)}/ingest/events`;
}

/** Lines of a body each, as they are in the file; read no faster than they are posted. */
async function* bodiesOf(
  path: string,
  reader: EventReader,
  follow: boolean,
  stop: AbortSignal,
): AsyncGenerator<string[]> {
  const file = await open(path).catch((err: Error) => {
    throw new UnrecoverableError(`${path} cannot be read: ${err.message}`);
  });
  const decoder = new TextDecoder();
  const piece = Buffer.alloc(PIECE_BYTES);
  try {
    for (let waiting: string[] = []; !stop.aborted; ) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES);
      waiting.push(...taken(decoder.decode(piece.subarray(0, bytesRead), { stream: true })));
      const is_end = bytesRead === 0;
      if (is_end && !follow) waiting.push(...reader.end());
      while (waiting.length > 0) {
        const body = nextBody(waiting);
        if (body.length === waiting.length && !is_end) break;
        yield body;
        waiting = waiting.slice(body.length);
      }
      if (is_end && !follow) return;
      if (is_end) await new Promise((resolve) => setTimeout(resolve, LOOKED_EVERY_MS));
    }
  } finally {
    await file.close();
  }

  function taken(text: string): string[] {
    try {
      return reader.take(text);
    } catch (err) {
      throw new UnrecoverableError(`${path}: ${err instanceof Error ? err.message : err}.`);
    }
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = toldFailure(error);
}
