import type { DemoKey } from './keys.ts';
import type { Words } from './words.ts';
import messages from './zh-CN/demo.ts';

/** The name of a kind of drill; its id when there is no message for it. */
export function drillKindName(kind: string, words: Words): string {
  const key = `drill_kind.${kind}`;
  return key in messages ? words.text(key as DemoKey) : kind;
}
