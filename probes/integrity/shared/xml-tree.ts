import { SaxesParser } from 'saxes';
import { IntegrityError } from './integrity-error.ts';

/** An element without its namespace prefix, with its own text and its children. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: XmlElement[];
}

/** Remaining budget, for one or several texts. */
export interface XmlBudget {
  bytes: number;
  /** Elements and attributes, which cost far more than their bytes. */
  nodes: number;
}

const MAX_DEPTH = 64;

/**
 * Parses well-formed XML of bounded size and depth into a tree, charged to the budget. A document
 * type is refused, which excludes entity expansion. Throws: `truncated` if the root element is not
 * closed, else `structure`.
 */
export function parseXml(bytes: Uint8Array, name: string, budget: XmlBudget): XmlElement {
  budget.bytes -= bytes.length;
  if (budget.bytes < 0) throw new IntegrityError('structure', `${name}: too large`);
  const text = decode(bytes, name);
  const builder = treeBuilder(name, budget);
  try {
    builder.parser.write(text).close();
  } catch (error) {
    if (error instanceof IntegrityError) throw error;
    throw errorAt({ text, name, line: builder.parser.line, rootTag: builder.rootTag() });
  }
  const root = builder.root();
  if (root === null) throw new IntegrityError('truncated', `${name}: no root element`);
  return root;
}

/** The first child of that name, or null. */
export function child(element: XmlElement | null, name: string): XmlElement | null {
  return element?.children.find((one) => one.name === name) ?? null;
}

/** The children of that name. */
export function children(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((one) => one.name === name);
}

/** All descendants of that name, in document order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((one) => [
    ...(one.name === name ? [one] : []),
    ...descendants(one, name),
  ]);
}

/** The trimmed text at a path of element names, or null if there is no such element. */
export function textAt(element: XmlElement, ...path: string[]): string | null {
  let at: XmlElement | null = element;
  for (const name of path) at = child(at, name);
  return at === null ? null : at.text.trim();
}

function treeBuilder(name: string, budget: XmlBudget) {
  const parser = new SaxesParser();
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let rootTag = '';
  parser.on('doctype', () => {
    throw new IntegrityError('structure', `${name}: DOCTYPE`);
  });
  const spendNode = () => {
    budget.nodes -= 1;
    if (budget.nodes < 0) throw new IntegrityError('structure', `${name}: too many elements`);
  };
  parser.on('attribute', spendNode);
  parser.on('opentag', (tag) => {
    spendNode();
    if (open.length >= MAX_DEPTH) throw new IntegrityError('structure', `${name}: nested too deep`);
    const element = {
      name: localName(tag.name),
      attributes: tag.attributes,
      text: '',
      children: [],
    };
    if (root === null) {
      root = element;
      rootTag = tag.name;
    }
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  return { parser, root: () => root, rootTag: () => rootTag };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** A truncated file has no closing root tag; that distinguishes it from a malformed one. */
function errorAt(at: {
  text: string;
  name: string;
  line: number;
  rootTag: string;
}): IntegrityError {
  const closed = at.rootTag !== '' && at.text.includes(`</${at.rootTag}>`);
  return new IntegrityError(closed ? 'structure' : 'truncated', `${at.name}: line ${at.line}`);
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    // `stream`: a character truncated at the very end is left to the parser, which reports
    // `truncated`.
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes, { stream: true });
  } catch {
    throw new IntegrityError('structure', `${name}: encoding`);
  }
}

/** By byte order mark, then by the declaration, then UTF-8 (XML 1.0, appendix F). */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^[^>]*encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  // A declaration readable as single bytes rules out UTF-16, whatever it states.
  return /^utf-16/i.test(declared) ? 'utf-8' : declared;
}
