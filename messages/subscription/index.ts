import type { Locale } from '../../model/vocabulary.ts';
import { fill } from '../catalogue.ts';
import { subscriptionEn } from '../en/subscription.ts';
import { subscriptionZhCN } from '../zh-CN/subscription.ts';

export type SubscriptionMessageKey = keyof typeof subscriptionZhCN;

export const SUBSCRIPTION_CATALOGUES: Record<Locale, Record<SubscriptionMessageKey, string>> = {
  'zh-CN': subscriptionZhCN,
  en: subscriptionEn,
};

/** Puts a message of the subscription pages into one language; parameters are already formatted. */
export type SubscriptionSay = (
  key: SubscriptionMessageKey,
  params?: Record<string, string>,
) => string;

export function createSubscriptionSay(locale: Locale): SubscriptionSay {
  const catalogue = SUBSCRIPTION_CATALOGUES[locale];
  return (key, params = {}) => fill(catalogue[key], params);
}
