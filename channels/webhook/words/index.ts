import type { Catalogues } from '../../../messages/index.ts';
import en from './en.ts';
import ja from './ja.ts';
import zhCN from './zh-CN.ts';

export type WebhookKey = keyof typeof zhCN;

export const webhookWords: Catalogues<WebhookKey> = { 'zh-CN': zhCN, en, ja };
