import {
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html,
  Parser,
  Token,
  TokenizerMode,
} from 'parse5';
import { visibleText } from './visible-text.ts';
import { readableXml, type XmlRoot } from './xml.ts';

/** Characters read in one go: about 0.3 ms of work. */
const SLICE = 8_192;
/** Chromium nests no deeper; beyond this a parser's work grows with the square of the page. */
const MAX_DEPTH = 512;
const MAX_ELEMENTS = 50_000;
/** So much of a title is looked at. */
const MAX_TITLE = 1_000;

/** Elements that every document has, written or not. */
const IMPLIED = new Set(['html', 'head', 'body']);

/** A page while it is read from its beginning. */
export interface Reading {
  /**
   * Reads on, a slice at each step, until the title is known or to the end. Slices keep the thread
   * free for the clocks of other runs.
   */
  slices(until: 'title' | 'end'): Generator<void>;
  /**
   * `document.title`: of the first title element, without white space around it; null as long as
   * none was read.
   */
  title(): string | null;
  /** The number of elements read, without html, head and body. */
  elements(): number;
  /** What a reader sees of the part that was read, as `document.body.innerText` without styles. */
  text(): string;
  /** The elements of that name that were read. */
  all(name: string): ReadElement[];
  /** False while more is there, or if it is nested too deep or has too many elements. */
  whole(): boolean;
}

export interface ReadElement {
  attributes: Readonly<Record<string, string>>;
  /** The text in it, without that of elements in it. */
  text: string;
}

type Element = DefaultTreeAdapterTypes.Element;

/** Starts reading HTML, or XML, in which `<a/>` is a whole element. */
export function startReading(text: string, syntax: 'html' | 'xml'): Reading {
  const { source, root } =
    syntax === 'xml' ? readableXml(text) : { source: text, root: 'html' as const };
  const elements: Element[] = [];
  const titles: Element[] = [];
  let title_ended = false;
  const parser = new Parser({
    // As a browser does: what is in <noscript> is not shown.
    scriptingEnabled: true,
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement(...parts) {
        if (elements.length > MAX_ELEMENTS) throw new TooMuch();
        const element = defaultTreeAdapter.createElement(...parts);
        elements.push(element);
        return element;
      },
      onItemPush(item) {
        if (titles.length > 0 || !('tagName' in item)) return;
        if (isTitle(item, root)) titles.push(item);
      },
      onItemPop(item) {
        if (item === titles[0]) title_ended = true;
      },
    },
  });
  if (syntax === 'xml') endEmptyElements(parser);

  let position = 0;
  let cut = false;
  function* slices(until: 'title' | 'end'): Generator<void> {
    while (position < source.length && !cut && !(until === 'title' && title_ended)) {
      const slice = source.slice(position, position + SLICE);
      position += SLICE;
      cut = !reads(parser, slice, position >= source.length);
      yield;
    }
  }

  return {
    slices,
    title: () =>
      titles[0] === undefined ? null : collapsed(ownText(titles[0]).slice(0, MAX_TITLE)),
    elements: () => elements.filter((it) => !IMPLIED.has(it.tagName)).length,
    text: () => visibleText(parser.document),
    all: (name) => elements.filter((it) => it.tagName === name).map(readElement),
    whole: () => position >= source.length && !cut,
  };
}

type TreeParser = Parser<DefaultTreeAdapterTypes.DefaultTreeAdapterMap>;

/** Thrown through the parser, which ends there. */
class TooMuch extends Error {}

/** Reads a slice; false if the page is nested too deep or has too many elements to go on. */
function reads(parser: TreeParser, slice: string, is_last: boolean): boolean {
  try {
    parser.tokenizer.write(slice, is_last);
  } catch (error) {
    if (error instanceof TooMuch) return false;
    throw error;
  }
  return parser.openElements.stackTop <= MAX_DEPTH;
}

const TITLED: Record<XmlRoot, string | null> = {
  html: html.NS.HTML,
  svg: html.NS.SVG,
  other: null,
};

/** A title of the document: not of a drawing in it, nor in a template. */
function isTitle(element: Element, root: XmlRoot): boolean {
  if (element.tagName !== 'title' || element.namespaceURI !== TITLED[root]) return false;
  let top: DefaultTreeAdapterTypes.ParentNode = element;
  while ('parentNode' in top && top.parentNode) top = top.parentNode;
  return top.nodeName === '#document';
}

function readElement(element: Element): ReadElement {
  const attributes = Object.fromEntries(element.attrs.map((it) => [it.name, it.value]));
  return { attributes, text: ownText(element) };
}

function ownText({ childNodes }: Element): string {
  return childNodes.map((it) => ('value' in it ? it.value : '')).join('');
}

/** Without the white space of HTML at both ends, and each run of it as one space. */
function collapsed(text: string): string {
  return text.replace(/[\t\n\f\r ]+/g, ' ').replace(/^ | $/g, '');
}

/** In XML an element such as `<script src="a.js"/>` has ended. */
function endEmptyElements(parser: TreeParser): void {
  const start = parser.onStartTag.bind(parser);
  parser.onStartTag = (tag) => {
    const empty = tag.selfClosing;
    start(tag);
    if (!empty) return;
    parser.tokenizer.state = TokenizerMode.DATA;
    parser.onEndTag({ ...tag, type: Token.TokenType.END_TAG, attrs: [] });
  };
}
