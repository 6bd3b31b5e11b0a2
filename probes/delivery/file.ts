import type { FileFormat } from '../../model/vocabulary.ts';
import type { Answer } from '../exchange/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { type Attempt, failed, succeeded, unexpected } from '../exchange/failure.ts';
import type { Download } from '../files/download-verdict.ts';
import { type DeliveryLink, fileAddress } from './link.ts';
import { type FileAddress, walkPage } from './page-flow.ts';
import { expectNoDetour, expectNoNotice, expectServed, isDelivery } from './refusal.ts';

/** Real files have 20 to 300 kB. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/**
 * Downloads a file by a delivery link as its reader would. What refuses us ends the run as
 * `throttled`; a link that is not accepted is `user_data`, `link_refused`.
 */
export async function downloadBy(
  link: DeliveryLink,
  exchange: Exchange,
  format: FileFormat,
): Promise<Attempt<Download>> {
  const address = await addressOf(link, exchange, format);
  if (!address.ok) return address;
  const answer = await fetchFile(exchange, address.value);
  if (!answer.ok) return answer;
  const other = link.kind === 'file' && link.format !== null && otherKind(answer.value, format);
  if (other) return failed('user_data', 'unexpected_answer', `the link delivers ${other}`);
  const { body, content_length, complete, over_limit } = answer.value;
  const { number, url } = link;
  const invoice = number ?? url.href;
  return succeeded({ bytes: body, content_length, complete, over_limit, number, invoice });
}

async function addressOf(
  link: DeliveryLink,
  exchange: Exchange,
  format: FileFormat,
): Promise<Attempt<FileAddress>> {
  if (link.kind === 'page') return walkPage(exchange, link, format);
  return succeeded({ url: fileAddress(link, format), referer: null });
}

/** The file, whatever its headers call it. */
async function fetchFile(
  exchange: Exchange,
  { url, referer }: FileAddress,
): Promise<Attempt<Answer>> {
  const headers = referer === null ? {} : { referer };
  const sent = await exchange.send({
    method: 'GET',
    url,
    headers,
    max_bytes: MAX_FILE_BYTES,
    follows: isDelivery,
  });
  if (!sent.ok) return sent;
  const served = expectServed(sent.value, url);
  if (!served.ok) return served;
  const sound = expectNoNotice(served.value, 'data');
  if (!sound.ok) return sound;
  const straight = expectNoDetour(sound.value, url);
  return straight.ok ? expectNoJson(straight.value) : straight;
}

/** How files begin, and the formats that may: XML is delivered in an archive, too. */
const KINDS: readonly { name: string; begins: RegExp; formats: readonly FileFormat[] }[] = [
  { name: 'a ZIP archive', begins: /^PK/, formats: ['ofd', 'xml'] },
  { name: 'PDF', begins: /^[^<]{0,1000}%PDF-/, formats: ['pdf'] },
  { name: 'XML', begins: /^(\xef\xbb\xbf)?\s*<\?xml/, formats: ['xml'] },
];

/**
 * The kind of a sound-looking file that is not of the format; null otherwise. What format a
 * provider's link leads to is only what we were told.
 */
function otherKind({ body }: Answer, format: FileFormat): string | null {
  const start = body.toString('latin1', 0, 1_024);
  const kind = KINDS.find(({ begins }) => begins.test(start));
  return kind === undefined || kind.formats.includes(format) ? null : kind.name;
}

/**
 * A missing or stale parameter gives `{"Response":{"Result":"FAIL"}}` in place of the file: the
 * link is not accepted.
 */
function expectNoJson(answer: Answer): Attempt<Answer> {
  const { body } = answer;
  if (!/^\s*[{[]/.test(body.toString('utf8', 0, 16).replace(/^\ufeff/, ''))) {
    return succeeded(answer);
  }
  return /"Result"\s*:\s*"FAIL"/i.test(body.toString('utf8', 0, 65_536))
    ? failed('user_data', 'link_refused', 'Result FAIL instead of the file')
    : unexpected('JSON instead of the file');
}
