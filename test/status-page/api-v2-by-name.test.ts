import { describe, expect, test } from 'vitest';
import { ask } from './request.ts';
import { aSyncStatus, breakDownload, NOW, seedHistory, siteConfiguration } from './site.ts';
import { usePage } from './use-page.ts';

/** What such programs read: an exporter has a series for each name, and leaves groups out. */
interface V2Component {
  id: string;
  name: string;
  status: string;
  group: boolean;
  group_id: string | null;
  components?: string[];
}

/** Two offices of one name in the configuration, each with a sync; the second one's is down. */
function twoAlike() {
  const configuration = siteConfiguration();
  const { systems, checks, policies } = configuration;
  const beijing = systems.find(({ id }) => id === 'beijing');
  const sync = checks.find((it) => it.function === 'sync');
  const policy = policies['beijing.sync'];
  if (!beijing || !sync || !policy) throw new Error('The site has no sync');
  configuration.systems = [...systems, { ...beijing, id: 'beijing2' }];
  configuration.checks = [...checks, { ...sync, id: 'beijing2-sync', system: 'beijing2' }];
  configuration.policies = { ...policies, 'beijing2.sync': policy };
  return configuration;
}

const page = usePage({
  once: true,
  configuration: twoAlike(),
  async prepare(site) {
    await seedHistory(site);
    await breakDownload(site);
    await site.store.record({
      components: [aSyncStatus('major_outage', { component: 'beijing2.sync' })],
      changes: [{ kind: 'state', ref: 'beijing2.sync', at: NOW }],
    });
  },
});

async function read(): Promise<V2Component[]> {
  return JSON.parse((await ask(`${page.url}/api/v2/summary.json`)).text).components;
}

describe('O1: a program that keys components by name', () => {
  test('sees each of them with its own status, also of systems that are named alike', async () => {
    const exported = new Map<string, string>();
    for (const { name, status, group } of await read()) if (!group) exported.set(name, status);
    expect([...exported]).toEqual([
      ['拼多多发票（模拟） · 上传', 'operational'],
      ['北京电子发票（模拟） · 查询', 'operational'],
      ['北京电子发票（模拟） · 同步（beijing.sync）', 'operational'],
      ['北京电子发票（模拟） · 下载', 'major_outage'],
      ['北京电子发票（模拟） · 同步（beijing2.sync）', 'major_outage'],
    ]);
  });

  test('finds groups by their ids, in both directions', async () => {
    const components = await read();
    const groups = components.filter(({ group }) => group);
    expect(groups.map(({ name }) => name)).toEqual([
      '拼多多发票（模拟）',
      '北京电子发票（模拟）（beijing）',
      '北京电子发票（模拟）（beijing2）',
    ]);
    for (const group of groups) {
      const members = components.filter(({ group_id }) => group_id === group.id);
      expect(members.map(({ id }) => id)).toEqual(group.components);
    }
  });
});
