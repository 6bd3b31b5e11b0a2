import { accountingText } from '../../../messages/index.ts';
import { scopeOf } from '../../../model/names.ts';
import { siteAddress } from '../../../model/site-address.ts';
import { qrCode } from '../../kit/qr-code.ts';
import type { Handlers } from '../../kit/route.ts';
import { isPublic, maintenanceView } from '../../overview/maintenances.ts';
import { loadOpenOwnTroubles } from '../../overview/own-troubles.ts';
import { maintenancePage } from '../views/maintenance-page.ts';
import type { PublicWing } from './wing.ts';

/** One announced maintenance: plan, updates and sharing. */
export function maintenanceHandlers(wing: PublicWing): Handlers {
  const { reader, configuration } = wing;
  const { page } = configuration;
  return {
    GET: wing.pages.handler(async (id, words) => {
      const found = await reader.maintenance(id);
      if (!found || !isPublic(found)) return null;
      const accounting = await reader.maintenanceAccounting(id);
      const maintenance = maintenanceView(found, configuration);
      const own_troubles = await loadOpenOwnTroubles(reader, configuration);
      const title = words.name(maintenance.texts.title);
      const path = `maintenances/${id}`;
      const url = siteAddress(page.public_url, `/${words.locale}/${path}`);
      return {
        title,
        description: title,
        path,
        is_listed: true,
        layout: 'incident-page',
        script: 'copy',
        body: maintenancePage(maintenance, {
          page,
          url,
          qr: qrCode(url),
          own_troubles,
          accounting:
            accounting &&
            accountingText(found, accounting, (it) => scopeOf(it, configuration), words),
          words,
        }),
      };
    }),
  };
}
