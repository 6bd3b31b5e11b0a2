import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { ROOT } from '../tidy/repository.ts';

type Element = DefaultTreeAdapterTypes.Element;

/** Elements that stand within a line of text. */
const INLINE = 'a abbr b bdi code em i kbd relative-time small span strong sub sup time u wbr';
const NOT_READ = ['script', 'style', 'template', 'svg'];
/** Lines that a person wrote stay lines. */
const WRITTEN = ['textarea', 'pre'];
const READ_ALOUD = ['aria-label', 'title', 'alt', 'placeholder', 'content'];

/**
 * What a page says, block by block, with spaces as a browser shows them; and its labels. Elements
 * in flex boxes stand apart, and so do tags.
 */
export function visibleTexts(page: string): string[] {
  return textsWithin(parse(page).childNodes);
}

/** The same of a part of a page. */
export function textsWithin(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): string[] {
  const blocks: string[] = [''];
  collect(nodes, [], blocks);
  return blocks.map((it) => it.replace(/[ \t\r\n]+/g, ' ').trim()).filter((it) => it !== '');
}

function collect(
  nodes: readonly DefaultTreeAdapterTypes.ChildNode[],
  within: readonly Element[],
  blocks: string[],
): void {
  for (const node of nodes) {
    if (node.nodeName === '#text' && 'value' in node) blocks.push(`${blocks.pop()}${node.value}`);
    if (!('tagName' in node) || NOT_READ.includes(node.tagName)) continue;
    const labels = node.attrs.filter(({ name }) => READ_ALOUD.includes(name));
    blocks.unshift(...labels.map(({ value }) => value));
    if (WRITTEN.includes(node.tagName)) continue;
    const is_apart = standsApart(node, within);
    if (is_apart) blocks.push('');
    collect(node.childNodes, [...within, node], blocks);
    if (is_apart) blocks.push('');
  }
}

function standsApart(element: Element, within: readonly Element[]): boolean {
  if (!INLINE.split(' ').includes(element.tagName)) return true;
  return isMatched(BLOCKS, [...within, element]) || isMatched(BOXES, within);
}

const STYLES = join(ROOT, 'status-page/web/styles');
const RULES = readdirSync(STYLES)
  .map((file) =>
    readFileSync(join(STYLES, file), 'utf8').replace(/\/\*.*?\*\/|@import[^;]*;/gs, ''),
  )
  .flatMap((css) => [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)]);
/** Selectors of what lays out its children, and of what is laid out as a block of its own. */
const BOXES = selectorsOf(/display: (inline-)?(flex|grid)/);
const BLOCKS = ['.tag', ...selectorsOf(/display: (inline-)?block/)];

function selectorsOf(declaration: RegExp): string[] {
  return RULES.filter(([, , declarations = '']) => declaration.test(declarations)).flatMap(
    ([, selectors = '']) => selectors.split(',').map((it) => it.trim()),
  );
}

/** Whether the last of these elements, each within the one before, is selected. */
function isMatched(selectors: readonly string[], path: readonly Element[]): boolean {
  return selectors.some((selector) => {
    const parts = selector.split(/[ >]+/);
    const last = path.at(-1);
    if (last === undefined || !isSelected(last, parts.pop() ?? '')) return false;
    const rest = path.slice(0, -1);
    return parts.reverse().every((part) => {
      while (rest.length > 0) {
        const element = rest.pop();
        if (element && isSelected(element, part)) return true;
      }
      return false;
    });
  });
}

function isSelected({ tagName, attrs }: Element, part: string): boolean {
  const [tag = '', ...classes] = part.replace(/:.*/, '').split('.');
  const own = attrs.find(({ name }) => name === 'class')?.value.split(' ') ?? [];
  return (tag === '' || tag === tagName) && classes.every((it) => own.includes(it));
}
