import type { Integrity } from '../model/result.ts';
import type { FileFormat } from '../model/vocabulary.ts';
import type { Download } from './driver.ts';
import { failed } from './failure.ts';
import { checkIntegrity } from './integrity/index.ts';
import { findKnown } from './known.ts';
import { downloadOptions } from './options.ts';
import { bad, good, nothingMeasured, type Probe } from './run.ts';

/**
 * Looks the known invoice up, follows its delivery link to the file and checks that the file is
 * intact.
 */
export const probeDownload: Probe = async ({ check, driver, exchange }) => {
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
  const integrity = judge(file.value, format, known.number);
  if (integrity.verdict === 'sound') return { ...good(exchange), integrity };
  const where = integrity.where === null ? '' : ` in ${integrity.where}`;
  const corrupt = failed('corrupt', integrity.verdict, `${format}: ${integrity.verdict}${where}`);
  return { ...bad(exchange, corrupt.failure), integrity };
};

function judge({ bytes, content_length, complete }: Download, format: FileFormat, number: string) {
  if (!complete) {
    const announced = content_length === null ? '' : ` of ${content_length}`;
    const where = `${bytes.length}${announced} bytes`;
    return { format, verdict: 'truncated', where } satisfies Integrity;
  }
  return checkIntegrity({ format, bytes, content_length, expected: { number } });
}
