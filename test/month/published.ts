import Database from 'better-sqlite3';
import { renderEmail } from '../../channels/email/content.ts';
import type { Message } from '../../channels/kit/message.ts';
import { webhookBody } from '../../channels/webhook/body.ts';
import type { Incident } from '../../model/incident.ts';
import type { Notice } from '../../model/notice.ts';
import { loadPayload } from '../../notify/payload.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { openSigner } from '../../platform/signer.ts';
import { openStoreReader } from '../../store/sqlite/open.ts';
import { ask } from '../status-page/request.ts';
import { fakeClock, startPage } from '../status-page/site.ts';
import type { LivedMonth } from './lived-month.ts';
import { COMPONENTS_OF_MONTH, monthConfiguration } from './site.ts';

/** What everybody can read at the end of the month. */
export interface Published {
  front: string;
  /** Of each component, by the v2 API. */
  states: ReadonlyMap<string, string>;
  incidents: PublishedIncident[];
  /** What was told of an incident or alert that is over. */
  told: { notice: Notice; mail: string; webhook: unknown }[];
  /** Of each component: its states, and its figures by day. */
  history: { states: ReadonlyMap<string, HandedOut>; days: ReadonlyMap<string, HandedOut> };
}

/** An incident as it is kept, and what is read of it in each place; null: it is not listed. */
export interface PublishedIncident {
  kept: Incident;
  v2: IncidentOfV2 | null;
  /** Its row in the list of the front page. */
  row: string | null;
  page: string;
  feed: string | null;
}

export interface HandedOut {
  csv: string;
  json: string;
}

export interface IncidentOfV2 {
  id: string;
  created_at: string;
  started_at: string;
  monitoring_at: string | null;
  resolved_at: string | null;
  components: { id: string }[];
}

/** Reads the page, the feed, the API and the messages; `folder`: for keys. */
export async function readPublished(month: LivedMonth, folder: string): Promise<Published> {
  const { store, lived } = month;
  const configuration = monthConfiguration();
  const reader = await openStoreReader({ path: lived.path });
  const site = {
    store,
    reader,
    configuration,
    signer: openSigner(folder),
    data_dir: folder,
    close: async () => {},
  };
  const page = await startPage({ site, clock: fakeClock(lived.ended_at) });
  const textOf = async (path: string) => (await ask(page.url + path)).text;
  const feed = entriesOf(await textOf('/zh-CN/history.atom'));
  const in_v2 = JSON.parse(await textOf('/api/v2/incidents.json')) as {
    incidents: IncidentOfV2[];
  };
  const { components } = JSON.parse(await textOf('/api/v2/components.json')) as {
    components: { id: string; status: string }[];
  };
  const front = withoutComments(await textOf('/zh-CN/'));
  const published: Published = {
    front,
    states: new Map(components.map(({ id, status }) => [id, status])),
    incidents: [],
    told: [],
    history: {
      states: await historyOfAll(month, textOf, 'kind=states'),
      days: await historyOfAll(month, textOf, 'kind=figures&grain=day'),
    },
  };
  const list = front.split('id="recent-incidents"')[1] ?? '';
  const rows = list.split('<li').map((it) => it.split('</li>')[0] ?? '');
  for (const kept of await store.incidents({})) {
    const path = `/zh-CN/incidents/${kept.id}`;
    published.incidents.push({
      kept,
      v2: in_v2.incidents.find(({ id }) => id === kept.id) ?? null,
      row: rows.find((it) => it.includes(path)) ?? null,
      page: withoutComments(await textOf(path)),
      feed: feed.find((it) => it.includes(path)) ?? null,
    });
  }
  await page.stop();
  await reader.close();
  const render = createRender(configuration, site.signer);
  for (const notice of noticesOfEnds(lived.path)) {
    const payload = await loadPayload(store, notice, lived.ended_at);
    if (payload === null) continue;
    const to = { channel: 'email', address: 'a@example.com', secret: null, links: null };
    const message: Message = {
      delivery_id: notice.id,
      notice,
      payload,
      to: { ...to, locale: 'zh-CN' },
    };
    const { announcement, words } = render(message);
    const mail = renderEmail({ message, announcement, words, page: configuration.page });
    const webhook = webhookBody(message, render, configuration.page);
    published.told.push({ notice, mail: mail.text, webhook });
  }
  return published;
}

/** What is handed out of each component since the month began. */
async function historyOfAll(
  { truth }: LivedMonth,
  textOf: (path: string) => Promise<string>,
  what: string,
): Promise<Map<string, HandedOut>> {
  const from = new Date(truth.from).toISOString();
  const texts = COMPONENTS_OF_MONTH.map(async ({ component }) => {
    const asked = `/api/v1/history?component=${component}&from=${from}&${what}`;
    const csv = await textOf(`${asked}&format=csv`);
    return [component, { csv, json: await textOf(`${asked}&format=json`) }] as const;
  });
  return new Map(await Promise.all(texts));
}

function entriesOf(feed: string): string[] {
  return feed.split('<entry>').slice(1);
}

/** The markers of the templates. */
function withoutComments(html: string): string {
  return html.replace(/<!--[^>]*-->/g, '');
}

function noticesOfEnds(path: string): Notice[] {
  const database = new Database(path, { readonly: true });
  const rows = database
    .prepare(
      `select id, kind, ref, update_id as "update", created_at from notice
       where kind in ('incident_resolved', 'alert_resolved')`,
    )
    .all();
  database.close();
  return rows as Notice[];
}
