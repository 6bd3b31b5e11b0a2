import { z } from 'zod';
import { FORMATS } from '../model/vocabulary.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Attempt } from './exchange/failure.ts';
import { type Download, type DownloadVerdict, judgeDownload } from './files/download-verdict.ts';
import { bad, good, nothingMeasured, type Probe } from './probe.ts';

export const downloadOptions = z.strictObject({ format: z.enum(FORMATS) });
/** Of systems with several delivery links: the position of one among them, from 1. */
export const linkedDownloadOptions = downloadOptions.extend({
  link: z.int().min(1).default(1),
});

export type DownloadRequest = z.infer<typeof linkedDownloadOptions>;

export interface DownloadDriver {
  /**
   * Downloads a file of an invoice of ours. A failed step of another function is a `prerequisite`.
   */
  download(exchange: Exchange, request: DownloadRequest): Promise<Attempt<Download>>;
}

/** Downloads the file of an invoice and judges it, compared with what is known of it. */
export const probeDownload: Probe<DownloadDriver> = async (run) => {
  const { check, driver, exchange, files } = run;
  const { download } = driver;
  if (download === undefined) return nothingMeasured('probe_error', 'no download here');
  const request = linkedDownloadOptions.parse(check.options);
  const first = await download(exchange, request);
  if (!first.ok) return bad(exchange, first.failure);
  const again = () => download(exchange.apart(), request);
  const { format } = request;
  const parts = { ...files, check: check.id, format, first: first.value, again };
  return measured(exchange, await judgeDownload(parts));
};

/** A file that could not be judged was delivered all the same: ok, with the reason. */
function measured(exchange: Exchange, { integrity, notes, file }: DownloadVerdict) {
  for (const note of notes) exchange.observed.notes.add(note);
  const { format, verdict, reason, where } = integrity;
  const delivered = { ...good(exchange), reason, integrity, file };
  if (verdict === 'sound' || verdict === 'unjudged') return delivered;
  const place = where === null ? '' : ` in ${where}`;
  const contact = exchange.contact({ outcome: verdict, reason });
  return { ...delivered, outcome: verdict, detail: `${format}: ${reason}${place}`, contact };
}
