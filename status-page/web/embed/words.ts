/// <reference types="vite/types/importMeta.d.ts" />
import { type Catalogues, createText, type Text } from '../../../messages/text.ts';
import type embed from '../../../messages/zh-CN/embed.ts';
import { LOCALES, type Locale } from '../../../model/vocabulary.ts';

/** Messages of the element, which come with it: what it says when nothing else can be had. */
export type EmbedKey = keyof typeof embed;

/** Of every language that has them, by its folder. */
const files = import.meta.glob<Catalogues<EmbedKey>[Locale]>('../../../messages/*/embed.ts', {
  eager: true,
  import: 'default',
});
const catalogues: Catalogues<EmbedKey> = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.split('/').at(-2), texts]),
);

export function embedText(locale: Locale): Text<EmbedKey> {
  return createText(catalogues, locale);
}

/** The language of a tag such as `zh-Hant` or `en-GB`, by default the first. */
export function localeOf(tag: string): Locale {
  const [primary] = tag.toLowerCase().split('-');
  return (
    LOCALES.find((it) => it.toLowerCase() === tag.toLowerCase()) ??
    LOCALES.find((it) => it.split('-')[0] === primary) ??
    LOCALES[0]
  );
}
