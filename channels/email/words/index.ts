import type { Catalogues } from '../../../messages/index.ts';
import en from './en.ts';
import ja from './ja.ts';
import zhCN from './zh-CN.ts';

export type EmailKey = keyof typeof zhCN;

export const emailWords: Catalogues<EmailKey> = { 'zh-CN': zhCN, en, ja };
