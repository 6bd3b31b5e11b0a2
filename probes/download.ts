import { z } from 'zod';
import { type FileFormat, FORMATS } from '../model/vocabulary.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { inspectFile, type JudgedFile } from './integrity/index.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

export const downloadOptions = z.strictObject({ format: z.enum(FORMATS) });
/** Of systems with several delivery links: the position of one among them, from 1. */
export const linkedDownloadOptions = downloadOptions.extend({
  link: z.int().min(1).default(1),
});

/** A file as received, possibly truncated. */
export interface Download {
  bytes: Uint8Array;
  /** The announced length, or null. */
  content_length: number | null;
  /** False when the connection closed before the end of the body. */
  complete: boolean;
  /** Number of the invoice that was asked for; null when it is not known. */
  number: string | null;
}

export type DownloadRequest = z.infer<typeof linkedDownloadOptions>;

export interface DownloadDriver {
  /**
   * Downloads a file of an invoice of ours. A failed step of another function is a `prerequisite`.
   */
  download(exchange: Exchange, request: DownloadRequest): Promise<Attempt<Download>>;
}

/** Downloads the file of an invoice and judges it. */
export const probeDownload: Probe<DownloadDriver> = async ({ check, driver, exchange }) => {
  if (driver.download === undefined) return nothingMeasured('probe_error', 'no download here');
  const request = linkedDownloadOptions.parse(check.options);
  const { format } = request;
  const file = await driver.download(exchange, request);
  if (!file.ok) return bad(exchange, file.failure);
  const { integrity, notes } = judge(file.value, format);
  for (const note of notes) exchange.observed.notes.add(note);
  if (integrity.verdict === 'sound') return { ...good(exchange), integrity };
  const { verdict, reason, where } = integrity;
  if (verdict === 'unjudged') return { ...good(exchange), reason, integrity };
  const place = where === null ? '' : ` in ${where}`;
  const detail = `${format}: ${reason}${place}`;
  return { ...good(exchange), outcome: verdict, reason, detail, integrity };
};

function judge(
  { bytes, content_length, complete, number }: Download,
  format: FileFormat,
): JudgedFile {
  const expected = number === null ? null : { number };
  if (complete) return inspectFile({ format, bytes, content_length, expected });
  const announced = content_length === null ? '' : ` of ${content_length}`;
  const where = `${bytes.length}${announced} bytes`;
  return {
    integrity: { format, verdict: 'corrupt', checked: 'structure', reason: 'truncated', where },
    notes: [],
    facts: { number: null, amounts: [], text: null },
  };
}
