import { DAY, HOUR } from '../../../model/time.ts';
import { type Answer, ask } from '../request.ts';
import {
  fakeClock,
  NOW,
  openSite,
  type Site,
  siteConfiguration,
  startPage,
  ZONE,
} from '../site.ts';

/** The administration of a site on a real socket and a real database. */
export interface Office {
  site: Site;
  clock: ReturnType<typeof fakeClock>;
  url: string;
  token: string;
  close(): Promise<void>;
}

export async function openOffice({ zone = ZONE, now = NOW } = {}): Promise<Office> {
  const configuration = siteConfiguration();
  configuration.page.zone = zone;
  const site = await openSite(configuration);
  const clock = fakeClock(now);
  const page = await startPage({ site, clock });
  return {
    site,
    clock,
    url: page.url,
    token: await site.store.renewAdminToken(),
    async close() {
      await page.stop();
      await site.close();
    },
  };
}

/** One call of the API; a body that is no text is sent as JSON. */
export async function call(
  { url, token }: Pick<Office, 'url' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer & { json: Wire }> {
  const answer = await ask(`${url}/api/v1/maintenances${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { ...answer, json: answer.text === '' ? {} : JSON.parse(answer.text) };
}

/** What came, for `toMatchObject` and reading single values. */
export interface Wire {
  id?: string;
  status?: string | number;
  updates?: { code: string; text: unknown }[];
  errors?: { pointer?: string; parameter?: string; header?: string; detail: string }[];
  [field: string]: unknown;
}

export const iso = (at: number) => new Date(at).toISOString();

/** Two days ahead, two hours long, of two functions of one system. */
export function aPlan(given: Record<string, unknown> = {}) {
  return {
    components: ['beijing.query', 'beijing.download'],
    texts: {
      title: { 'zh-CN': '升级下载服务', en: 'Upgrade of downloads' },
      description: { 'zh-CN': '更换服务器。', en: 'New servers.' },
      stays_open: { 'zh-CN': '上传照常。', en: 'Uploads work.' },
      workaround: null,
    },
    announced_from: iso(NOW + 2 * DAY),
    announced_until: iso(NOW + 2 * DAY + 2 * HOUR),
    expected_recovery_at: iso(NOW + 2 * DAY + 3 * HOUR),
    ...given,
  };
}
