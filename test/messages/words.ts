import { createWords } from '../../messages/catalogue.ts';

/** The time of the page in these tests: 14:32 in China. */
export const AT = Date.parse('2026-11-21T06:32:04Z');
const page = { zone: 'Asia/Shanghai', now: () => AT };
export const zh = createWords({ locale: 'zh-CN', ...page });
export const en = createWords({ locale: 'en', ...page });
export const ja = createWords({ locale: 'ja', ...page });
