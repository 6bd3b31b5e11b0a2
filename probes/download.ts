import { z } from 'zod';
import { type FileFormat, FORMATS } from '../model/vocabulary.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { inspectFile, type JudgedFile } from './integrity/index.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';
import { findKnown, type QueryDriver } from './query.ts';

export const downloadOptions = z.strictObject({ format: z.enum(FORMATS) });

/** A file as received, possibly truncated. */
export interface Download {
  bytes: Uint8Array;
  /** The announced length, or null. */
  content_length: number | null;
  /** False when the connection closed before the end of the body. */
  complete: boolean;
}

export interface DownloadDriver extends QueryDriver {
  download(exchange: Exchange, ticket: string, format: FileFormat): Promise<Attempt<Download>>;
}

/**
 * Queries the known invoice, downloads its file through the delivery link and checks the file's
 * integrity.
 */
export const probeDownload: Probe<DownloadDriver> = async ({ check, driver, exchange }) => {
  const { query, download, specimens } = driver;
  const { format } = downloadOptions.parse(check.options);
  if (query === undefined || download === undefined || specimens === undefined) {
    return nothingMeasured('probe_error', 'no invoice to download: set `known` and `unknown`');
  }
  const { known } = specimens;
  const ticket = await findKnown(query, exchange, known);
  if (!ticket.ok) return bad(exchange, ticket.failure);
  const file = await download(exchange, ticket.value, format);
  if (!file.ok) return bad(exchange, file.failure);
  const { integrity, notes } = judge(file.value, format, known.number);
  for (const note of notes) exchange.observed.notes.add(note);
  if (integrity.verdict === 'sound') return { ...good(exchange), integrity };
  const { verdict, reason, where } = integrity;
  if (verdict === 'unjudged') return { ...good(exchange), reason, integrity };
  const place = where === null ? '' : ` in ${where}`;
  const detail = `${format}: ${reason}${place}`;
  return { ...good(exchange), outcome: verdict, reason, detail, integrity };
};

function judge(
  { bytes, content_length, complete }: Download,
  format: FileFormat,
  number: string,
): JudgedFile {
  if (complete) return inspectFile({ format, bytes, content_length, expected: { number } });
  const announced = content_length === null ? '' : ` of ${content_length}`;
  const where = `${bytes.length}${announced} bytes`;
  return {
    integrity: { format, verdict: 'corrupt', checked: 'structure', reason: 'truncated', where },
    notes: [],
    facts: { number: null, amounts: [], text: null },
  };
}
