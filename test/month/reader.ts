import Database from 'better-sqlite3';
import { renderEmail } from '../../channels/email/content.ts';
import type { Message } from '../../channels/kit/message.ts';
import { webhookBody } from '../../channels/webhook/body.ts';
import { createWords } from '../../messages/catalogue.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Notice } from '../../model/notice.ts';
import type { Clock, Signer } from '../../model/ports.ts';
import { loadPayload } from '../../notify/payload.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { createV2Documents } from '../../status-page/api/v2/documents.ts';
import { articleDocument } from '../../status-page/kit/article.ts';
import { createDocuments } from '../../status-page/kit/documents.ts';
import { createOverviewBuilder } from '../../status-page/overview/overview.ts';
import { createFeeds } from '../../status-page/public/feeds/documents.ts';
import { createFrontPages } from '../../status-page/public/pages/front.ts';
import { incidentHandlers } from '../../status-page/public/pages/incident.ts';
import { maintenanceHandlers } from '../../status-page/public/pages/maintenance.ts';
import type { PublicWing } from '../../status-page/public/pages/wing.ts';
import type { RenderPage } from '../../status-page/serve/pages-on-demand.ts';
import type { Store, StoreReader } from '../../store/store.ts';
import { standInAssets } from '../status-page/site.ts';
import {
  type PlacedText,
  type ToldIncident,
  type ToldWebhook,
  textsOf,
  textsOfMessage,
} from './claims/places.ts';
import type { Then } from './expected.ts';

export interface MonthReaderParts {
  store: Store;
  reader: StoreReader;
  configuration: Configuration;
  signer: Signer;
  path: string;
  clock: Clock;
}

/** What was read at an instant. */
export interface Read extends Then {
  texts: readonly PlacedText[];
  incidents: readonly ToldIncident[];
}

/** A message, when it was sent, and of when it tells. */
export interface Sent extends Then {
  kind: Notice['kind'];
  told_at: number;
  texts: readonly PlacedText[];
  webhook: ToldWebhook;
}

/** Reads everything that is published whenever it is asked to. */
export async function createMonthReader(parts: MonthReaderParts) {
  const { store, reader, signer, clock } = parts;
  const page = { ...parts.configuration.page, languages: ['zh-CN'] as const };
  const configuration = { ...parts.configuration, page };
  const { paths: assets } = await standInAssets();
  const documents = createDocuments({ page, assets });
  const site = { page, documents, api_paths: [], clientOf: () => 'a reader', clock };
  const sources = [
    createFrontPages({ ...site, bar: null }),
    createFeeds(page.languages, clock, page.public_url),
    createV2Documents(page.languages, clock, page.public_url),
  ];
  const build = createOverviewBuilder({ reader, configuration });
  const render = createRender(configuration, signer);
  const articles = articlesOf({ ...parts, configuration });
  const database = new Database(parts.path, { readonly: true });
  const newer = database.prepare(
    `select rowid, id, kind, ref, update_id as "update", created_at from notice
     where rowid > ? order by rowid`,
  );
  const same = createSame();
  let read_to = 0;
  return { read, messages, close: () => database.close() };

  async function read(then: Then): Promise<Read> {
    const overview = await build(clock.now());
    const ready = sources.flatMap((it) => [...it.documentsOf(overview)]);
    const read = new Map(ready.map(({ path, body }) => [path, body]));
    const { incidents } = JSON.parse(read.get('/zh-CN/api/v2/incidents.json') ?? '');
    for (const { id } of [...overview.open_incidents, ...overview.recent_incidents.slice(0, 3)])
      read.set(`incidents/${id}`, await article('incident', id));
    for (const { id } of overview.near_maintenances)
      read.set(`maintenances/${id}`, await article('maintenance', id));
    return { ...then, texts: textsOf(read).map(same), incidents };
  }

  async function article(kind: keyof typeof articles, id: string): Promise<string> {
    const words = createWords({ locale: 'zh-CN', zone: page.zone, now: clock.now, in_full: true });
    const found = await articles[kind](id, words);
    if (found === null) throw new Error(`no page of ${kind} ${id}`);
    const as_of = { at: clock.now(), valid_until: null, version: '' };
    return documents.render(articleDocument({ ...found, as_of }, { ...site, words }), words);
  }

  /** What is told since it was asked last, as it is sent now. */
  async function messages(then: Then): Promise<Sent[]> {
    const sent: Sent[] = [];
    for (const { rowid, ...notice } of newer.all(read_to) as (Notice & { rowid: number })[]) {
      read_to = rowid;
      const payload = await loadPayload(store, notice, clock.now());
      if (payload === null) continue;
      const to = { channel: 'email', address: 'a@example.com', secret: null, links: null };
      const message: Message = {
        delivery_id: notice.id,
        notice,
        payload,
        to: { ...to, locale: 'zh-CN' },
      };
      const { announcement, words } = render(message);
      const mail = renderEmail({ message, announcement, words, page });
      const webhook: ToldWebhook = webhookBody(message, render, page);
      const { kind, created_at: told_at } = notice;
      sent.push({ ...then, kind, told_at, webhook, texts: textsOfMessage(mail, webhook) });
    }
    return sent;
  }
}

/** The pages that are rendered when they are asked for. */
function articlesOf(parts: Omit<MonthReaderParts, 'path'>) {
  const rendered: RenderPage[] = [];
  const pages: PublicWing['pages'] = {
    handler(render) {
      rendered.push(render);
      return () => Promise.resolve(new Response());
    },
    publish() {},
  };
  const wing = { ...parts, pages } as PublicWing;
  incidentHandlers(wing);
  maintenanceHandlers(wing);
  const [incident, maintenance] = rendered;
  if (!incident || !maintenance) throw new Error('they are rendered on demand');
  return { incident, maintenance };
}

/** Takes the same text again where it was read before: most of what is read stays. */
function createSame() {
  const known = new Map<string, PlacedText>();
  return (text: PlacedText): PlacedText => {
    const key = JSON.stringify(Object.values(text));
    const before = known.get(key);
    if (before === undefined) known.set(key, text);
    return before ?? text;
  };
}
