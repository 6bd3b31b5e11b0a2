import type { MessageKey } from '../../../messages/index.ts';
import admin from './admin.ts';
import articles from './articles.ts';
import demo from './demo.ts';
import embed from './embed.ts';
import type { Facts } from './fact.ts';
import notices from './notices.ts';
import page from './page.ts';
import refusals from './refusals.ts';
import subscription from './subscription.ts';

/** What has to be the case for each message, by subject. */
export const FACTS_BY_SUBJECT = {
  page,
  subscription,
  notices,
  admin,
  demo,
  refusals,
  articles,
  embed,
};

export const FACTS: Facts<MessageKey> = Object.assign({}, ...Object.values(FACTS_BY_SUBJECT));
