import { createWords } from '../../messages/catalogue.ts';
import { incidentTitle } from '../../messages/index.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import type { Locale } from '../../model/vocabulary.ts';
import type { StoreReader } from '../../store/store.ts';
import { type AssetPaths, htmlDocument } from '../kit/document.ts';
import { renderHtml } from '../kit/render.ts';
import { incidentView } from '../overview/overview.ts';
import { loadEvidence } from './evidence.ts';
import { incidentPage } from './views/incident-page.ts';

/**
 * Returns the function that draws an incident's page as HTML; null when there is no such incident.
 */
export function createIncidentPage({
  reader,
  configuration,
  assets,
  clock,
}: {
  reader: StoreReader;
  configuration: Configuration;
  assets: AssetPaths;
  clock: Clock;
}): (id: string, locale: Locale) => Promise<string | null> {
  const { page } = configuration;
  return async (id, locale) => {
    const found = await reader.incident(id);
    if (!found) return null;
    const words = createWords({ locale, zone: page.zone });
    const incident = incidentView(found, configuration);
    const evidence = await loadEvidence({ reader, incident, configuration, now: clock.now() });
    const title = incidentTitle(incident, incident.system_name, words);
    return htmlDocument({
      title: `${title} · ${words.name(page.title)}`,
      description: title,
      path: `incidents/${id}`,
      page,
      script: null,
      styles: ['page', 'article'],
      assets,
      body: renderHtml(incidentPage({ incident, evidence, page, words })),
      words,
    });
  };
}
