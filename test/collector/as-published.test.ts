import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Message } from '../../channels/kit/message.ts';
import { webhookBody } from '../../channels/webhook/body.ts';
import { availabilityText } from '../../messages/availability.ts';
import { createWords } from '../../messages/catalogue.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Notice } from '../../model/notice.ts';
import { HOUR, MINUTE, SECOND } from '../../model/time.ts';
import { loadPayload } from '../../notify/payload.ts';
import { createRender } from '../../notify/rendering/render.ts';
import { createOverviewBuilder } from '../../status-page/overview/overview.ts';
import { ask } from '../status-page/request.ts';
import {
  fakeClock,
  openSite,
  type Site,
  siteConfiguration,
  startPage,
} from '../status-page/site.ts';
import { configuration, START } from './configuration.ts';
import { HTTP_503, startWorld, stopTime, stopWorld, type World } from './world.ts';

/** What a collector measured, and what page, feeds, mails and alerts then say of it. */

const QUERY = 'bureau-query';
const at = (s: number) => START + s * SECOND;

async function startSite(measured: Configuration) {
  const settings = { ...measured, notify: siteConfiguration().notify };
  const site = await openSite(settings);
  onTestFinished(() => site.close());
  stopTime();
  const start = (script?: World['script']) =>
    startWorld({ path: join(site.data_dir, 'test.db'), settings, ...(script && { script }) });
  return { site, start };
}

/** Starts the page as of now, when nothing measures any more. */
async function publish(site: Site) {
  const clock = fakeClock(Date.now());
  vi.useRealTimers();
  const page = await startPage({ site, clock });
  onTestFinished(() => page.stop());
  const read = async (path: string) => (await ask(page.url + path)).text;
  return {
    read,
    words: async (path: string) => (await read(path)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '),
  };
}

const BAD_FROM_THE_START: World['script'] = {
  runs: { [QUERY]: HTTP_503 },
  finding: 'found',
  shows_after_ms: 0,
};

test('W2: what is bad from the first start on was unknown before, on page and in v2', async () => {
  const { site, start } = await startSite(configuration());
  const world = await start(BAD_FROM_THE_START);
  await world.pass(MINUTE);
  await stopWorld(world);
  const { read, words } = await publish(site);
  expect(await words('/zh-CN/')).toContain('查询：未知 → 中断');
  const { incidents } = JSON.parse(await read('/api/v2/incidents/unresolved.json'));
  const [update] = incidents[0].incident_updates;
  expect(update.body).toContain('查询：未知 → 中断');
  // The API has no state for unknown; only `operational` would say that it was well.
  expect(update.affected_components).toMatchObject([
    { code: 'bureau.query', old_status: 'degraded_performance', new_status: 'major_outage' },
  ]);
});

/** Queries every 10 s. */
function everyTenSeconds(): Configuration {
  const settings = configuration();
  const checks = settings.checks.map((it) =>
    it.id === QUERY ? { ...it, schedule: '*/10 * * * * *' } : it,
  );
  return { ...settings, checks: checks as Configuration['checks'] };
}

/** Slots of which every tenth fails; wherever in its 10 s it lies. */
async function measureSlots(world: World, from: number, until: number): Promise<void> {
  for (let slot = from; slot <= until; slot += 1) {
    if (slot % 10 === 0) world.script.runs[QUERY] = HTTP_503;
    await world.pass(10 * SECOND);
    delete world.script.runs[QUERY];
  }
}

test('I13: 1 of 10 bad: a share beside the availability, later one interval', async () => {
  const { site, start } = await startSite(everyTenSeconds());
  const overviewOf = createOverviewBuilder(site);
  const words = createWords({ locale: 'zh-CN', zone: 'Asia/Shanghai', now: () => START });
  const told = async () => {
    const { systems, open_incidents } = await overviewOf(Date.now());
    const query = systems.flatMap((it) => it.components).find(({ id }) => id === 'bureau.query');
    if (!query) throw new Error('no query');
    const { state, since, history } = query;
    const incidents = open_incidents.map((it) => it.bad_time);
    return { state, since, incidents, available: availabilityText(history, words) };
  };
  const world = await start();
  await measureSlots(world, 1, 42);
  const after_7_min = await told();
  expect(after_7_min).toMatchObject({ state: 'operational', incidents: [] });
  expect(after_7_min.available).toContain('可用 100.00%（42 次测量，成功 90.47%）');
  await measureSlots(world, 43, 90);
  const after_15_min = await told();
  const first_bad_at = world.line.runs.filter(({ check }) => check === QUERY)[9]?.slot_at;
  expect(after_15_min).toMatchObject({ state: 'partial_outage', since: first_bad_at });
  expect(after_15_min.incidents).toMatchObject([{ from: first_bad_at, parts: 1, to: null }]);
  expect(after_15_min.available).toMatch(
    /可用 100\.00%（90 次测量，成功 90\.00%，部分受影响 13 分 2\d 秒）/,
  );
  await stopWorld(world);
});

test('I3, I4, I12: an outage in which we were killed has one length, a gap beside it', async () => {
  const { site, start } = await startSite(configuration());
  const first = await start();
  await first.pass(65 * SECOND);
  // Six of its slots fail, 15 s apart; it is known until the seventh, which nobody measures.
  first.script.runs[QUERY] = HTTP_503;
  await first.pass(84 * SECOND);
  vi.clearAllTimers();
  await first.store.close();
  vi.setSystemTime(at(240));
  const second = await start();
  await second.pass(2 * MINUTE);
  await stopWorld(second);
  const { read, words } = await publish(site);

  const [gap] = await site.store.gaps(0, START * 2);
  expect(gap).toMatchObject({ cause: 'restart', to: at(240) });
  const [incident] = await site.store.incidents({ limit: 9 });
  if (!incident) throw new Error('no incident');
  const told = '1 分 30 秒 · 结束未观察到';
  for (const path of ['/zh-CN/', `/zh-CN/incidents/${incident.id}`])
    expect(await words(path)).toContain(`已解决 · 历时 ${told}`);
  expect(await words('/zh-CN/')).toContain('短暂中断 1 分 30 秒');
  expect(await words(`/zh-CN/incidents/${incident.id}`)).toMatch(
    /其中 .*10:0[12].* – 10:04.*没有测量/,
  );
  expect(await read('/zh-CN/history.atom')).toContain(`受影响时间：${told}`);
  const [alert] = await site.store.alerts({ limit: 9 });
  const resolved = incident.updates.find(({ code }) => code === 'resolved');
  const created_at = START + HOUR;
  for (const notice of [
    { kind: 'incident_resolved', ref: incident.id, update: resolved?.id ?? '', created_at },
    { kind: 'alert_resolved', ref: alert?.id ?? '', update: null, created_at },
  ] as const)
    expect(await toldLength(site, { id: 'n00000000001', ...notice })).toBe(told);
});

async function toldLength({ store, configuration: settings, signer }: Site, notice: Notice) {
  const payload = await loadPayload(store, notice, Date.now());
  if (payload === null) throw new Error('no payload');
  const to = {
    channel: 'webhook',
    address: '',
    locale: 'zh-CN',
    secret: null,
    links: null,
  } as const;
  const message: Message = { delivery_id: 'd00000000001', notice, payload, to };
  const { data } = webhookBody(message, createRender(settings, signer), settings.page);
  return data.facts.find(({ name }) => name === '历时')?.text;
}
