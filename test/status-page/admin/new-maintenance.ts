/** The form of a new one. */
export const NEW_MAINTENANCE = '/admin/en/maintenances/new';

/** Times in the page's zone, China: two days after 2026-11-21T14:32. */
export const FILLED_MAINTENANCE = {
  components: ['beijing.query', 'beijing.download'],
  announced_from: '2026-11-23T22:00',
  announced_until: '2026-11-24T00:30',
  expected_recovery_at: '2026-11-24T01:00',
  'texts.title.zh-CN': '升级下载服务',
  'texts.title.en': 'Upgrade of downloads',
  'texts.description.zh-CN': '更换服务器。',
  'texts.description.en': 'New servers.',
};
