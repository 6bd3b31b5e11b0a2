import {
  aSyncStatus,
  breakDownload,
  NOW,
  type Site,
  seedHistory,
  siteConfiguration,
} from './site.ts';

/** Two offices of one name in the configuration, each with a sync. */
export function twoAlike() {
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

/** The second one's is down, and the download of the first. */
export async function breakOneOfTwo(site: Site): Promise<void> {
  await seedHistory(site);
  await breakDownload(site);
  await site.store.record({
    components: [aSyncStatus('major_outage', { component: 'beijing2.sync' })],
    changes: [{ kind: 'state', ref: 'beijing2.sync', at: NOW }],
  });
}

/** What v2 tells of the functions of both, by their names. */
export const TWO_BY_NAME = [
  ['拼多多发票（模拟） · 上传', 'operational'],
  ['北京电子发票（模拟） · 查询', 'operational'],
  ['北京电子发票（模拟） · 同步（beijing.sync）', 'operational'],
  ['北京电子发票（模拟） · 下载', 'major_outage'],
  ['北京电子发票（模拟） · 同步（beijing2.sync）', 'major_outage'],
] as const;
