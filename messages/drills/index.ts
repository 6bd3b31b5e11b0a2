import type { Locale } from '../../model/vocabulary.ts';
import { fill } from '../catalogue.ts';
import { drillsEn } from '../en/demo.ts';
import { drillsZhCN } from '../zh-CN/demo.ts';

export type DrillMessageKey = keyof typeof drillsZhCN;

export const DRILL_CATALOGUES: Record<Locale, Record<DrillMessageKey, string>> = {
  'zh-CN': drillsZhCN,
  en: drillsEn,
};

/** Puts a message of the drill page into one language; parameters are already formatted. */
export type DrillSay = (key: DrillMessageKey, params?: Record<string, string>) => string;

export function createDrillSay(locale: Locale): DrillSay {
  const catalogue = DRILL_CATALOGUES[locale];
  return (key, params = {}) => fill(catalogue[key], params);
}

/** What a kind of drill is called; one that nobody has named yet by its own name. */
export function drillKindName(kind: string, say: DrillSay): string {
  const key = `kind.${kind}`;
  return key in DRILL_CATALOGUES.en ? say(key as DrillMessageKey) : kind;
}
