/**
 * Sends events of a company's own traffic to `POST /ingest/events` and loses none: they are in a
 * file before they are sent, and stay there until they are acknowledged. Needs Node 20 or newer and
 * nothing else; copy this file into your program.
 */
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** An event, as described in docs/ingest.md. */
export interface IngestEvent {
  key: string;
  system: string;
  type: string;
  at: string;
  number?: string;
  invoice_code?: string;
  issued?: string;
  function?: string;
  duration_ms?: number;
  outcome?: string;
  code?: string;
  amount?: string;
  tax_id?: string;
}

export interface PostOptions {
  /** Of the ingest API: http://127.0.0.1:9470/ingest/events */
  url: string;
  token: string;
  /**
   * Told of events that were refused and are not sent again: what is wrong must be mended. What it
   * returns is waited for.
   */
  refused?: (event: string, errors: readonly EventError[]) => unknown;
  /** Told of what failed and is tried again. */
  failed?: (problem: string) => void;
}

/** Where in an event something is wrong, and what is expected there. */
export interface EventError {
  pointer: string;
  detail: string;
}

export interface IngestClientOptions extends PostOptions {
  /**
   * The buffer on disk, of one client only. Events that were refused are kept beside it, in
   * `<buffer>.refused`: one a line, as `{refused_at, errors, event}`.
   */
  buffer: string;
  /** Events that may wait; `send` resolves once there is room again. */
  most_waiting?: number;
}

/** As many as a body may have. */
const MOST_LINES = 1_000;
const MOST_BYTES = 1024 * 1024;
const MOST_WAITING = 100_000;
/** Between tries that fail: twice as long each time. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
const ANSWER_WITHIN_MS = 60_000;
/** The buffer is written anew once so many of its lines are acknowledged. */
const COMPACTED_FROM = 10_000;

/**
 * Opens the buffer and begins to send what is in it.
 * @throws when the buffer cannot be read or written
 */
export async function openIngestClient(options: IngestClientOptions) {
  const { buffer, most_waiting = MOST_WAITING } = options;
  await mkdir(dirname(buffer), { recursive: true });
  const waiting: string[] = await linesIn(buffer);
  let file: FileHandle = await open(buffer, 'a');
  await keepName(buffer);
  const posting: PostOptions = { ...options, refused: keepRefused };
  let acknowledged = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let closed = false;
  let sending: Promise<void> | null = null;
  const stopping = new AbortController();
  const room: (() => void)[] = [];
  begin();

  return {
    /**
     * Resolves once the event is on disk; it is sent then, also after a restart. While too many
     * wait it resolves later: wait for it, so that what makes events slows down.
     * @throws when it cannot be written
     */
    async send(event: IngestEvent): Promise<void> {
      if (closed) throw new Error('the client is closed');
      const line = JSON.stringify(event);
      while (waiting.length >= most_waiting) {
        begin();
        await new Promise<void>((resolve) => room.push(resolve));
      }
      // In its place at once, so that those that come at the same time find it taken.
      waiting.push(line);
      await inOrder(async () => {
        await file.appendFile(`${line}\n`);
        await file.datasync();
      });
      begin();
    },
    /** How many are not acknowledged yet. */
    waiting: () => waiting.length,
    /** Resolves once all that was sent so far is acknowledged or refused. */
    async flush(): Promise<void> {
      while (waiting.length > 0 && !closed) {
        begin();
        await sending;
      }
    },
    /** Stops sending; what waits stays on disk. */
    async close(): Promise<void> {
      closed = true;
      stopping.abort();
      await sending;
      await inOrder(compact);
      await file.close();
    },
  };

  function begin(): void {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
  }

  async function sendAll(): Promise<void> {
    while (waiting.length > 0 && !closed) {
      // Nothing is sent that is not on disk.
      await writing;
      const lines = nextBody(waiting);
      if (!(await postUntilTaken(lines, posting, stopping.signal))) return;
      waiting.splice(0, lines.length);
      acknowledged += lines.length;
      for (const resolve of room.splice(0)) resolve();
      if (waiting.length === 0 || acknowledged >= COMPACTED_FROM) await inOrder(compact);
    }
  }

  /** One write after the other. */
  function inOrder(write: () => Promise<void>): Promise<void> {
    const done = writing.then(write);
    writing = done.catch(() => undefined);
    return done;
  }

  /** It is there before it leaves the buffer; after a crash between both, twice. */
  async function keepRefused(line: string, errors: readonly EventError[]): Promise<void> {
    const kept = await open(`${buffer}.refused`, 'a');
    try {
      const refused_at = new Date().toISOString();
      await kept.appendFile(`${JSON.stringify({ refused_at, errors, event: eventIn(line) })}\n`);
      await kept.datasync();
    } finally {
      await kept.close();
    }
    await keepName(buffer);
    await options.refused?.(line, errors);
  }

  /** The buffer holds what waits, whatever happens: a new file takes the place of the old one. */
  async function compact(): Promise<void> {
    if (acknowledged === 0) return;
    const next = await open(`${buffer}.new`, 'w');
    await next.writeFile(waiting.map((line) => `${line}\n`).join(''));
    await next.datasync();
    await next.close();
    await file.close();
    await rename(`${buffer}.new`, buffer);
    file = await open(buffer, 'a');
    await keepName(buffer);
    acknowledged = 0;
  }
}

/**
 * Posts one body, at most 1,000 lines and 1 MiB, again and again until each of its lines is
 * acknowledged or refused. One that is refused for some of its lines goes in halves, until these
 * are alone. False: it was told to stop before.
 */
export async function postUntilTaken(
  lines: readonly string[],
  options: PostOptions,
  stop?: AbortSignal,
): Promise<boolean> {
  for (let pause_ms = FIRST_PAUSE_MS; ; pause_ms = Math.min(LONGEST_PAUSE_MS, 2 * pause_ms)) {
    if (stop?.aborted) return false;
    const retry_ms = await post(lines, options);
    if (retry_ms === 'taken') return true;
    if (retry_ms === 'in halves') {
      const middle = Math.ceil(lines.length / 2);
      return (
        (await postUntilTaken(lines.slice(0, middle), options, stop)) &&
        (await postUntilTaken(lines.slice(middle), options, stop))
      );
    }
    // Not all at the same time, where many wait for the same collector.
    await slept(Math.max(retry_ms, pause_ms / 2 + (Math.random() * pause_ms) / 2), stop);
  }
}

/**
 * `taken`: all of it is acknowledged or refused. `in halves`: some of it may not be posted, and
 * nothing was taken. Else in how many ms it may be sent again.
 */
async function post(
  lines: readonly string[],
  { url, token, refused, failed }: PostOptions,
): Promise<'taken' | 'in halves' | number> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const body = (await answer.json().catch(() => null)) as Answer | null;
    const answers = body?.lines ?? [];
    // A good answer that was cut off is none.
    if (answers.length > 0 && (answer.ok || answer.status === 400)) {
      for (const { line, errors } of answers)
        if (errors) await refused?.(lines[line - 1] ?? '', errors);
      return 'taken';
    }
    const told = `${answer.status} ${body?.title ?? ''} ${body?.detail ?? ''}`.trim();
    const type = answer.headers.get('content-type') ?? '';
    // Not of a proxy in between, which knows nothing of lines.
    const is_of_ingest = body !== null && type.startsWith('application/problem+json');
    // For some of its lines, whichever: a system that the token is not for, or all are too long.
    if (is_of_ingest && (answer.status === 403 || answer.status === 413)) {
      if (lines.length > 1) return 'in halves';
      await refused?.(lines[0] ?? '', [{ pointer: '', detail: told }]);
      return 'taken';
    }
    failed?.(told);
    return 1_000 * Number(answer.headers.get('retry-after') ?? 0) || 0;
  } catch (err) {
    failed?.(err instanceof Error ? `${err.message} ${err.cause ?? ''}`.trim() : String(err));
    return 0;
  }
}

/** Ends early when it is told to stop. */
async function slept(ms: number, stop?: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, stop && { signal: stop }).catch(() => undefined);
}

interface Answer {
  title?: string;
  detail?: string;
  lines?: { line: number; errors?: EventError[] }[];
}

/** As it was sent; what is no JSON stays a text. */
function eventIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

/** The last line may have been cut off by a crash: its `send` had not resolved. */
async function linesIn(path: string): Promise<string[]> {
  await rm(`${path}.new`, { force: true });
  const text = await readFile(path, 'utf8').catch((err: NodeJS.ErrnoException) => {
    if (err.code === 'ENOENT') return '';
    throw err;
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) {
    const file = await open(path, 'r+');
    await file.truncate(Buffer.byteLength(whole));
    await file.close();
  }
  return whole.split('\n').filter((line) => line !== '');
}

/** After a loss of power the name still stands for this file, not for the one before. */
async function keepName(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r').catch(() => null);
  // Some systems open no folders, and keep names by themselves.
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** The first of these that go into one body: one at least. */
export function nextBody(waiting: readonly string[]): string[] {
  const lines: string[] = [];
  let bytes = 0;
  for (const line of waiting) {
    bytes += Buffer.byteLength(line) + 1;
    if (lines.length > 0 && (lines.length === MOST_LINES || bytes > MOST_BYTES)) break;
    lines.push(line);
  }
  return lines;
}
