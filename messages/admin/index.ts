import type { Locale } from '../../model/vocabulary.ts';
import { fill } from '../catalogue.ts';
import { adminEn } from '../en/admin.ts';
import { adminZhCN } from '../zh-CN/admin.ts';

export type AdminMessageKey = keyof typeof adminZhCN;

export const ADMIN_CATALOGUES: Record<Locale, Record<AdminMessageKey, string>> = {
  'zh-CN': adminZhCN,
  en: adminEn,
};

/** Puts a message of the administration into one language; parameters are already formatted. */
export type Say = (key: AdminMessageKey, params?: Record<string, string>) => string;

export function createSay(locale: Locale): Say {
  const catalogue = ADMIN_CATALOGUES[locale];
  return (key, params = {}) => fill(catalogue[key], params);
}
