/**
 * Sends events of a company's own traffic to `POST /ingest/events` and loses none: they are in a
 * file before they are sent, and stay there until they are acknowledged. Needs Node 20 or newer and
 * nothing else; copy this file into your program.
 */
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** An event, as described in docs/ingest.md. */
export interface IngestEvent {
  key: string;
  system: string;
  type: string;
  at: string;
  at_latest?: boolean;
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
/** As long as anybody may ask us to wait: what a timer cannot count would end at once. */
const LONGEST_ASKED_MS = 600_000;
const ANSWER_WITHIN_MS = 60_000;
/** The buffer is written anew once so many of its lines are acknowledged. */
const COMPACTED_FROM = 10_000;
const OF_ANOTHER = 'another client writes to this buffer: each needs one of its own';
/** Events have numbers of invoices in them: for this user only. */
const PRIVATE = 0o600;

/**
 * Opens the buffer and begins to send what is in it.
 * @throws when the buffer cannot be read or written
 */
export async function openIngestClient(options: IngestClientOptions) {
  const { most_waiting = MOST_WAITING } = options;
  const buffer = await openBuffer(options.buffer);
  const { waiting } = buffer;
  const posting: PostOptions = { ...options, refused: keepRefused, failed: tell };
  const stopping = new AbortController();
  const room: (() => void)[] = [];
  let coming = 0;
  let sending: Promise<void> | null = null;
  begin();

  return {
    /**
     * Resolves once the event is on disk; it is sent then, also after a restart. While too many
     * wait it resolves later: wait for it, so that what makes events slows down.
     * @throws when it is too long, or cannot be written
     */
    async send(event: IngestEvent): Promise<void> {
      const line = JSON.stringify(event);
      if (Buffer.byteLength(line) > MOST_BYTES) throw new Error('the event is longer than 1 MiB');
      // In its place at once, so that those that come at the same time find it taken.
      while (!isClosed() && waiting.length + coming >= most_waiting) {
        begin();
        await new Promise<void>((resolve) => room.push(resolve));
      }
      if (isClosed()) throw new Error('the client is closed');
      coming += 1;
      try {
        await buffer.append(line);
      } finally {
        coming -= 1;
        makeRoom();
      }
      begin();
    },
    /** How many are not acknowledged yet. */
    waiting: () => waiting.length + coming,
    /** Resolves once all that was sent so far is acknowledged or refused. */
    async flush(): Promise<void> {
      await buffer.written();
      while (waiting.length > 0 && !isClosed()) {
        begin();
        await sending;
      }
    },
    /** Stops sending; what waits stays on disk. */
    async close(): Promise<void> {
      stopping.abort();
      makeRoom();
      await sending;
      await buffer.close().catch(tellOf);
    },
  };

  function isClosed(): boolean {
    return stopping.signal.aborted;
  }

  function makeRoom(): void {
    for (const resolve of room.splice(0)) resolve();
  }

  function begin(): void {
    sending ??= sendAll().finally(() => {
      sending = null;
    });
  }

  async function sendAll(): Promise<void> {
    for (let pause_ms = FIRST_PAUSE_MS; waiting.length > 0 && !isClosed(); ) {
      const lines = nextBody(waiting);
      try {
        if (!(await postUntilTaken(lines, posting, stopping.signal))) return;
        buffer.drop(lines.length);
        makeRoom();
        pause_ms = FIRST_PAUSE_MS;
        await buffer.compact();
      } catch (err) {
        // The disk is full, for one: it stays where it is, and is tried again.
        tellOf(err);
        await slept(pause_ms, stopping.signal);
        pause_ms = Math.min(LONGEST_PAUSE_MS, 2 * pause_ms);
      }
    }
  }

  /** It is there before it leaves the buffer; after a crash between both, twice. */
  async function keepRefused(line: string, errors: readonly EventError[]): Promise<void> {
    const kept = await open(`${options.buffer}.refused`, 'a', PRIVATE);
    const { size } = await kept.stat();
    try {
      const refused_at = new Date().toISOString();
      await kept.appendFile(`${JSON.stringify({ refused_at, errors, event: eventIn(line) })}\n`);
      await kept.datasync();
    } catch (err) {
      await kept.truncate(size);
      throw err;
    } finally {
      await kept.close();
    }
    await keepName(options.buffer);
    try {
      await options.refused?.(line, errors);
    } catch (err) {
      tellOf(err);
    }
  }

  /** Whoever is told must not end what is sent. */
  function tell(problem: string): void {
    try {
      options.failed?.(problem);
    } catch {
      // There is nobody else to be told.
    }
  }

  function tellOf(err: unknown): void {
    tell(messageOf(err));
  }
}

/** The lines of a file that wait to be sent. What fails leaves them as they were. */
async function openBuffer(path: string) {
  await mkdir(dirname(path), { recursive: true });
  /** On disk, all of them. */
  const waiting = await linesIn(path);
  let file: FileHandle = await open(path, 'a', PRIVATE);
  await keepName(path);
  let length = (await file.stat()).size;
  let is_torn = false;
  let dropped = 0;
  let batch: { lines: string[]; written: Promise<void> } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  return {
    waiting,
    /** Resolves once the line is on disk, with those that came at the same time. */
    append(line: string): Promise<void> {
      batch ??= newBatch();
      batch.lines.push(line);
      return batch.written;
    },
    /** Resolves once whatever comes by now is on disk, or is not. */
    written: () => last.then(() => undefined),
    /** The first of those that wait are acknowledged. */
    drop(count: number): void {
      waiting.splice(0, count);
      dropped += count;
    },
    /** Takes what is acknowledged off the disk, if that is worth it. */
    async compact(): Promise<void> {
      if (waiting.length === 0 || dropped >= COMPACTED_FROM) await inOrder(compactNow);
    },
    close: () => inOrder(compactNow).finally(() => file.close()),
  };

  /** One after the other; what fails stops nothing that comes after it. */
  function inOrder(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  function newBatch() {
    const lines: string[] = [];
    const written = inOrder(() => {
      batch = null;
      return write(lines);
    });
    return { lines, written };
  }

  async function write(lines: readonly string[]): Promise<void> {
    await keepPlace();
    // What a full disk took of the lines before would be the beginning of this one.
    if (is_torn) await file.truncate(length);
    const text = textOf(lines);
    is_torn = true;
    await file.appendFile(text);
    await file.datasync();
    is_torn = false;
    length += Buffer.byteLength(text);
    for (const line of lines) waiting.push(line);
  }

  /**
   * Where another client, or whoever cleans up, took the place of our file, what is written into
   * that is not there after a restart: what waits goes into the one that is there now, and what is
   * in that waits, too. Twice is known to the collector, never is not. False: it is in its place.
   */
  async function keepPlace(): Promise<boolean> {
    const named = await stat(path).catch(() => null);
    if (named?.ino === (await file.stat()).ino) return false;
    const found = await textIn(path);
    const next = await open(path, 'a', PRIVATE);
    const { size } = await next.stat();
    const theirs = new Set(wholeLines(found));
    const between = found === '' || found.endsWith('\n') ? '' : '\n';
    try {
      await next.appendFile(between + textOf(waiting.filter((it) => !theirs.has(it))));
      await next.datasync();
    } catch (err) {
      await next.truncate(size);
      await next.close();
      throw err;
    }
    for (const it of waiting) theirs.delete(it);
    for (const it of theirs) waiting.push(it);
    const before = file;
    file = next;
    length = (await next.stat()).size;
    is_torn = false;
    dropped = 0;
    await before.close();
    await keepName(path);
    return true;
  }

  /** A new file takes the place of the old one, which goes on as it was if that fails. */
  async function compactNow(): Promise<void> {
    if (dropped === 0 && !is_torn) return;
    if (await keepPlace()) return;
    // What somebody else wrote into it would be gone.
    if (!is_torn && (await file.stat()).size !== length) throw new Error(OF_ANOTHER);
    const new_path = `${path}.new`;
    await rm(new_path, { force: true });
    const next = await open(new_path, 'a', PRIVATE);
    const text = textOf(waiting);
    try {
      await next.appendFile(text);
      await next.datasync();
      await rename(new_path, path);
    } catch (err) {
      await next.close();
      throw err;
    }
    const before = file;
    file = next;
    length = Buffer.byteLength(text);
    is_torn = false;
    dropped = 0;
    await before.close();
    await keepName(path);
  }
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Posts one body, at most 1,000 lines and 1 MiB, again and again until each of its lines is
 * acknowledged or refused. One that is refused for some of its lines goes in halves, until these
 * are alone. False: it was told to stop before.
 * @throws what `refused` throws
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
  let answer: Response;
  let body: Answer | null;
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
      body: lines.join('\n'),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    body = (await answer.json().catch(() => null)) as Answer | null;
  } catch (err) {
    failed?.(messageOf(err));
    return 0;
  }
  const answers = body?.lines ?? [];
  // A good answer that was cut off is none.
  if (answers.length > 0 && (answer.ok || answer.status === 400)) {
    for (const { line, errors } of answers)
      if (errors) await refused?.(lines[line - 1] ?? '', errors);
    return 'taken';
  }
  const told = `${answer.status} ${body?.title ?? ''} ${body?.detail ?? ''}`.trim();
  const type = answer.headers.get('content-type') ?? '';
  // Not of a proxy in between, which knows nothing of lines, but may take short bodies only.
  const is_of_ingest = body !== null && type.startsWith('application/problem+json');
  const { status } = answer;
  if (lines.length > 1 && (status === 413 || (status === 403 && is_of_ingest))) return 'in halves';
  if (is_of_ingest && (status === 403 || status === 413)) {
    await refused?.(lines[0] ?? '', [{ pointer: '', detail: told }]);
    return 'taken';
  }
  failed?.(told);
  return askedPauseMs(answer.headers.get('retry-after'));
}

/** What `Retry-After` asks for in seconds (RFC 9110, 10.2.3), as far as it is waited for. */
export function askedPauseMs(retry_after: string | null): number {
  const seconds = /^\d+$/.test(retry_after ?? '') ? Number(retry_after) : 0;
  return Math.min(1_000 * seconds, LONGEST_ASKED_MS);
}

function messageOf(err: unknown): string {
  return err instanceof Error ? `${err.message} ${err.cause ?? ''}`.trim() : String(err);
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
  const text = await textIn(path);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole !== text) {
    const file = await open(path, 'r+');
    await file.truncate(Buffer.byteLength(whole));
    await file.close();
  }
  return wholeLines(text);
}

async function textIn(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((err: NodeJS.ErrnoException) => {
    if (err.code === 'ENOENT') return '';
    throw err;
  });
}

function wholeLines(text: string): string[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
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
