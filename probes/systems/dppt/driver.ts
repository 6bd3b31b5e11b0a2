import type { System } from '../../../model/configuration.ts';
import type { FileFormat } from '../../../model/vocabulary.ts';
import type { DownloadDriver } from '../../download.ts';
import type { Answer } from '../../exchange/answer.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { type Attempt, failed, succeeded, unexpected } from '../../exchange/failure.ts';
import { type DeliveryLink, fileAddress, readLink } from './link.ts';
import { type FileAddress, walkPage } from './page-flow.ts';
import { expectNoNotice, expectServed } from './refusal.ts';
import { dpptSettings } from './settings.ts';

/** Real files have 20 to 300 kB. */
const MAX_FILE_BYTES = 20 * 1024 * 1024;

/**
 * Delivery links that the tax bureaus and providers send with an invoice: public, without login.
 * A link is used as its reader would use it; what refuses us ends the run.
 */
export function createDppt(system: System): DownloadDriver {
  const links = dpptSettings.parse(system.settings).links.map(readLink);
  return {
    async download(exchange, { format, link: position }) {
      const link = links[position - 1];
      if (link === undefined) return failed('user_data', 'link_refused', `no link ${position}`);
      const address = await addressOf(exchange, link, format);
      if (!address.ok) return address;
      const answer = await fetchFile(exchange, address.value);
      if (!answer.ok) return answer;
      const { body, content_length, complete, over_limit } = answer.value;
      const { number, url } = link;
      const invoice = number ?? url.href;
      return succeeded({ bytes: body, content_length, complete, over_limit, number, invoice });
    },
  };
}

async function addressOf(
  exchange: Exchange,
  link: DeliveryLink,
  format: FileFormat,
): Promise<Attempt<FileAddress>> {
  if (link.kind === 'page') return walkPage(exchange, link, format);
  return succeeded({ url: fileAddress(link, format), referer: null });
}

/** The file, whatever its headers call it; a page or JSON in its place is a failure. */
async function fetchFile(
  exchange: Exchange,
  { url, referer }: FileAddress,
): Promise<Attempt<Answer>> {
  const headers = referer === null ? {} : { referer };
  const sent = await exchange.send({ method: 'GET', url, headers, max_bytes: MAX_FILE_BYTES });
  if (!sent.ok) return sent;
  const served = expectServed(sent.value, url);
  if (!served.ok) return served;
  const sound = expectNoNotice(served.value, 'data');
  return sound.ok ? expectNoJson(sound.value) : sound;
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
