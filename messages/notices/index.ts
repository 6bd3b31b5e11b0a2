import type { Locale } from '../../model/vocabulary.ts';
import { fill } from '../catalogue.ts';
import { noticesEn } from '../en/notices.ts';
import { noticesZhCN } from '../zh-CN/notices.ts';

export type NoticeMessageKey = keyof typeof noticesZhCN;

export const NOTICE_CATALOGUES: Record<Locale, Record<NoticeMessageKey, string>> = {
  'zh-CN': noticesZhCN,
  en: noticesEn,
};

/** Puts a message of mails and webhooks into one language; parameters are already formatted. */
export type NoticeSay = (key: NoticeMessageKey, params?: Record<string, string>) => string;

export function createNoticeSay(locale: Locale): NoticeSay {
  const catalogue = NOTICE_CATALOGUES[locale];
  return (key, params = {}) => fill(catalogue[key], params);
}
