import { type DefaultTreeAdapterTypes, html } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;
type Element = DefaultTreeAdapterTypes.Element;

/** Elements whose content is not shown, or only where the element itself is not supported. */
const NOT_SHOWN = new Set(
  (
    'head script style template noscript noembed noframes title iframe textarea video audio ' +
    'canvas datalist meter progress rp area base link meta param source track'
  ).split(' '),
);

/** Elements that begin a line of their own. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt ' +
    'fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li ' +
    'listing main marquee menu nav ol optgroup option p plaintext pre search section select ' +
    'summary svg table tbody tfoot thead tr ul xmp'
  ).split(' '),
);

/** Elements in which the end of a line is one on the screen too. */
const AS_TYPED = new Set(['listing', 'plaintext', 'pre', 'xmp']);

/** Elements between which there is a gap. */
const CELLS = new Set(['td', 'th']);

/** So much of a text is looked at. */
export const MAX_TEXT = 200_000;
/** And before white space is taken out of it. */
const MAX_RAW = 5 * MAX_TEXT;
/** A page that is nested deeper is not read to its end anyway. */
const MAX_DEPTH = 600;

/**
 * The text that a browser shows of a document, as `document.body.innerText` where no style sheet
 * hides anything: lines separated by "\n", runs of white space as one space.
 */
export function visibleText(document: DefaultTreeAdapterTypes.Document): string {
  const shown: Shown = { parts: [], length: 0 };
  append(document, { visible: true, as_typed: false, depth: 0 }, shown);
  return shown.parts
    .join('')
    .slice(0, MAX_RAW)
    .replace(/[\t\f\r ]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim()
    .slice(0, MAX_TEXT);
}

interface Shown {
  parts: string[];
  length: number;
}

/** What an element's text inherits: whether it is shown, whether its line ends are, its depth. */
interface Inherited {
  visible: boolean;
  as_typed: boolean;
  depth: number;
}

function append(node: Node, inherited: Inherited, shown: Shown): void {
  if ('value' in node) {
    if (!inherited.visible || shown.length > MAX_RAW) return;
    const text = node.value.slice(0, MAX_RAW);
    show(inherited.as_typed ? text : text.replace(/\n/g, ' '), shown);
  } else if ('tagName' in node) {
    appendElement(node, inherited, shown);
  } else if ('childNodes' in node) {
    for (const child of node.childNodes) append(child, inherited, shown);
  }
}

function appendElement(element: Element, inherited: Inherited, shown: Shown): void {
  const { tagName: name, childNodes: children } = element;
  if (inherited.depth > MAX_DEPTH || !isRendered(element)) return;
  if (name === 'br') show('\n', shown);
  const inside = {
    visible: visibilityOf(element) ?? inherited.visible,
    as_typed: AS_TYPED.has(name) || inherited.as_typed,
    depth: inherited.depth + 1,
  };
  const edge = BLOCKS.has(name) ? '\n' : CELLS.has(name) ? ' ' : '';
  show(edge, shown);
  for (const child of shownChildren(element, children)) append(child, inside, shown);
  show(edge, shown);
}

function show(text: string, shown: Shown): void {
  shown.parts.push(text);
  shown.length += text.length;
}

function isRendered(element: Element): boolean {
  const { tagName: name } = element;
  if (NOT_SHOWN.has(name) || attribute(element, 'hidden') !== null) return false;
  if (name === 'dialog' && attribute(element, 'open') === null) return false;
  return styleOf(element, 'display') !== 'none';
}

/** Of a closed <details> only the summary is shown, of a drawing only its texts. */
function shownChildren({ tagName, attrs, namespaceURI }: Element, children: Node[]): Node[] {
  if (tagName === 'details' && !attrs.some((it) => it.name === 'open')) {
    return children.filter((it) => it.nodeName === 'summary').slice(0, 1);
  }
  if (namespaceURI !== html.NS.SVG || /^(text|tspan|textPath|foreignObject|a)$/.test(tagName)) {
    return children;
  }
  return children.filter((it) => 'tagName' in it);
}

function visibilityOf(element: Element): boolean | null {
  const visibility = styleOf(element, 'visibility');
  if (visibility === 'visible') return true;
  return visibility === 'hidden' || visibility === 'collapse' ? false : null;
}

/** A property of the element's own style attribute; the last one holds, or an important one. */
function styleOf(element: Element, property: 'display' | 'visibility'): string | null {
  const style = attribute(element, 'style');
  if (style === null || !style.toLowerCase().includes(property)) return null;
  const values = style.split(';').flatMap((it) => {
    const [name = '', ...value] = it.split(':');
    return name.trim().toLowerCase() === property ? [value.join(':').trim().toLowerCase()] : [];
  });
  const decisive = values.findLast((it) => it.endsWith('important')) ?? values.at(-1);
  // Two steps: one pattern with white space before the mark would try each space of a long run.
  return decisive?.replace(/!\s*important$/, '').trimEnd() ?? null;
}

function attribute({ attrs }: Element, name: string): string | null {
  return attrs.find((it) => it.name === name)?.value ?? null;
}
