import type zhCN from '../zh-CN/index.ts';
import admin from './admin.ts';
import articles from './articles.ts';
import demo from './demo.ts';
import embed from './embed.ts';
import notices from './notices.ts';
import page from './page.ts';
import refusals from './refusals.ts';
import subscription from './subscription.ts';

export default {
  ...page,
  ...subscription,
  ...notices,
  ...admin,
  ...demo,
  ...refusals,
  ...articles,
  ...embed,
} satisfies Record<keyof typeof zhCN, string>;
