import { createWords, incidentTitle } from '../../messages/index.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Clock } from '../../model/ports.ts';
import type { Locale } from '../../model/vocabulary.ts';
import type { StoreReader } from '../../store/store.ts';
import { REVALIDATE } from '../http/headers.ts';
import { type Prepared, prepare } from '../http/prepared.ts';
import { incidentView } from '../overview/overview.ts';
import { type AssetPaths, htmlDocument } from '../rendering/document.ts';
import { renderHtml } from '../rendering/render.ts';
import { incidentPage } from '../web/views/incident-page.ts';
import { loadEvidence } from './evidence.ts';

const ID = /^[a-z0-9]{12}$/;

export interface IncidentPages {
  /** The incident's page; null when there is no such incident. */
  find(id: string, locale: Locale): Promise<Prepared | null>;
  /** Pages made so far may be out of date. */
  forget(): void;
}

/** Makes pages of incidents when somebody asks, each once until `forget`: a crowd costs one rendering. */
export function createIncidentPages({
  reader,
  configuration,
  assets,
  clock,
}: {
  reader: StoreReader;
  configuration: Configuration;
  assets: AssetPaths;
  clock: Clock;
}): IncidentPages {
  const pages = new Map<string, Promise<Prepared | null>>();

  async function make(id: string, locale: Locale): Promise<Prepared | null> {
    const found = await reader.incident(id);
    if (!found) return null;
    const { page } = configuration;
    const words = createWords({ locale, zone: page.zone });
    const incident = incidentView(found, configuration);
    const evidence = await loadEvidence({ reader, incident, configuration, now: clock.now() });
    const title = incidentTitle(incident, incident.system_name, words);
    const html = htmlDocument({
      title: `${title} · ${words.name(page.title)}`,
      description: title,
      path: `incidents/${id}`,
      public_url: page.public_url,
      zone: page.zone,
      live: false,
      assets,
      body: renderHtml(incidentPage({ incident, evidence, page, words })),
      words,
    });
    return prepare(html, {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      'cache-control': REVALIDATE,
    });
  }

  return {
    async find(id, locale) {
      if (!ID.test(id)) return null;
      const key = `${locale} ${id}`;
      const making = pages.get(key) ?? make(id, locale);
      pages.set(key, making);
      const page = await making.catch((error) => {
        pages.delete(key);
        throw error;
      });
      // What does not exist is not remembered, so that guessing ids fills no memory.
      if (page === null) pages.delete(key);
      return page;
    },
    forget: () => pages.clear(),
  };
}
