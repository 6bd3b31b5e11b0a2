import type { Check, Configuration } from '../../model/configuration.ts';
import { DEFAULT_POLICY, DEFAULT_RETENTION } from '../../model/policy.ts';
import { SECOND } from '../../model/time.ts';
import { LOCALES } from '../../model/vocabulary.ts';
import { notifySettings } from '../channels/settings.ts';

export const ZONE = 'Asia/Shanghai';

/** Two simulated systems with four functions, as the demo has them. */
export function siteConfiguration({ demo = true } = {}): Configuration {
  const scheduled = (id: string, system: string, fn: 'upload' | 'query' | 'download'): Check => ({
    id,
    system,
    function: fn,
    line: 'local',
    deadline_ms: 8 * SECOND,
    schedule: '*/15 * * * * *',
    zone: ZONE,
    options: {},
  });
  return {
    page: {
      operator: { 'zh-CN': '票况演示', en: 'Piaokuang demo' },
      title: { 'zh-CN': '电子发票系统状态', en: 'E-invoice system status' },
      public_url: 'https://status.example.invalid',
      zone: ZONE,
      contact: 'ops@example.invalid',
      languages: LOCALES,
    },
    lines: [{ id: 'local', name: { 'zh-CN': '本机', en: 'This machine' }, proxy: null }],
    systems: [
      {
        id: 'pinduoduo',
        name: { 'zh-CN': '拼多多发票（模拟）', en: 'Pinduoduo invoices (simulated)' },
        driver: 'pinduoduo',
        environment: 'simulator',
        neutral: false,
        ca: null,
        url: 'http://127.0.0.1:1/pinduoduo',
        settings: null,
      },
      {
        id: 'beijing',
        name: { 'zh-CN': '北京电子发票（模拟）', en: 'Beijing e-invoices (simulated)' },
        driver: 'beijing',
        environment: 'simulator',
        neutral: false,
        ca: null,
        url: 'http://127.0.0.1:1/beijing',
        settings: null,
      },
    ],
    checks: [
      scheduled('pinduoduo-upload', 'pinduoduo', 'upload'),
      scheduled('beijing-query', 'beijing', 'query'),
      scheduled('beijing-download-pdf', 'beijing', 'download'),
      scheduled('beijing-download-ofd', 'beijing', 'download'),
      scheduled('beijing-download-xml', 'beijing', 'download'),
      {
        id: 'beijing-sync',
        system: 'beijing',
        function: 'sync',
        line: 'local',
        deadline_ms: 5 * SECOND,
        follows: 'pinduoduo',
        looks_at: 'beijing',
        looks_per_minute: 60,
      },
    ],
    depends_on: {},
    tasks: [
      {
        id: 'upload',
        name: { 'zh-CN': '上传发票', en: 'Upload' },
        components: ['pinduoduo.upload'],
      },
      { id: 'query', name: { 'zh-CN': '查询发票', en: 'Query' }, components: ['beijing.query'] },
      {
        id: 'sync',
        name: { 'zh-CN': '等发票同步', en: 'Sync' },
        components: ['beijing.sync'],
      },
      {
        id: 'download',
        name: { 'zh-CN': '下载版式文件', en: 'Download' },
        components: ['beijing.download'],
      },
    ],
    policies: Object.fromEntries(
      ['pinduoduo.upload', 'beijing.query', 'beijing.sync', 'beijing.download'].map((id) => [
        id,
        DEFAULT_POLICY,
      ]),
    ),
    retention: DEFAULT_RETENTION,
    notify: notifySettings(),
    ingest: [],
    demo,
  };
}
