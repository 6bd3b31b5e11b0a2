import type { DemoKey } from './keys.ts';
import type { Words } from './words.ts';
import named from './zh-CN/demo.ts';

/** What a kind of drill is called; one that nobody has named yet by its own name. */
export function drillKindName(kind: string, words: Words): string {
  const key = `drill_kind.${kind}`;
  return key in named ? words.text(key as DemoKey) : kind;
}
