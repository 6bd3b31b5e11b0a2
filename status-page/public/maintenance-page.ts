import { createWords } from '../../messages/catalogue.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Locale } from '../../model/vocabulary.ts';
import type { StoreReader } from '../../store/store.ts';
import { type AssetPaths, htmlDocument } from '../kit/document.ts';
import { renderHtml } from '../kit/render.ts';
import { isPublic, maintenanceView } from '../overview/maintenances.ts';
import { qrCode } from './qr-code.ts';
import { maintenancePage } from './views/maintenance-page.ts';

/**
 * Returns the function that draws a maintenance's page as HTML; null when none was announced under
 * this id.
 */
export function createMaintenancePage({
  reader,
  configuration,
  assets,
}: {
  reader: StoreReader;
  configuration: Configuration;
  assets: AssetPaths;
}): (id: string, locale: Locale) => Promise<string | null> {
  const { page } = configuration;
  return async (id, locale) => {
    const found = await reader.maintenance(id);
    if (!found || !isPublic(found)) return null;
    const windows = await reader.windows(0, Number.MAX_SAFE_INTEGER);
    const maintenance = maintenanceView(found, windows, configuration);
    const words = createWords({ locale, zone: page.zone });
    const title = words.name(maintenance.texts.title);
    const path = `maintenances/${id}`;
    const url = `${page.public_url}/${locale}/${path}`;
    return htmlDocument({
      title: `${title} · ${words.name(page.title)}`,
      description: title,
      path,
      page,
      script: 'copy',
      styles: ['page', 'article'],
      assets,
      body: renderHtml(maintenancePage({ maintenance, page, url, qr: qrCode(url), words })),
      words,
    });
  };
}
