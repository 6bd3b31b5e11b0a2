import type { System } from '../../../model/configuration.ts';
import { downloadBy } from '../../delivery/file.ts';
import { readLink } from '../../delivery/link.ts';
import type { DownloadDriver } from '../../download.ts';
import { failed } from '../../exchange/failure.ts';
import { dpptSettings } from './settings.ts';

/** Links by which tax bureaus and providers deliver invoices: public, without login. */
export function createDppt(system: System): DownloadDriver {
  const links = dpptSettings.parse(system.settings).links.map(readLink);
  return {
    async download(exchange, { format, link: position }) {
      const link = links[position - 1];
      if (link === undefined) return failed('user_data', 'link_refused', `no link ${position}`);
      return downloadBy(link, exchange, format);
    },
  };
}
