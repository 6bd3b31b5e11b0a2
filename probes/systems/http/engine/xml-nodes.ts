import { createRequire } from 'node:module';
import type * as Saxes from 'saxes';
import { Unread } from './unread.ts';

/** Loaded with the first system that needs it. */
const require = createRequire(import.meta.url);
export const loadSaxes = (): typeof Saxes => require('saxes');

/** As deep as xmllint reads. */
const MOST_DEPTH = 256;
const MOST_NODES = 100_000;

const ELEMENT = 1;
const ATTRIBUTE = 2;
const TEXT = 3;
const DOCUMENT = 9;

/** A node as XPath walks it (DOM level 1), its name without prefix and in no namespace. */
export interface XmlNode {
  nodeType: number;
  nodeName: string;
  localName: string | null;
  namespaceURI: null;
  nodeValue: string | null;
  data: string | null;
  value: string | null;
  parentNode: XmlNode | null;
  ownerElement: XmlNode | null;
  ownerDocument: XmlNode | null;
  childNodes: XmlNode[];
  attributes: XmlAttributes;
  firstChild: XmlNode | null;
  lastChild: XmlNode | null;
  nextSibling: XmlNode | null;
  previousSibling: XmlNode | null;
}

/** A list as the DOM has it. */
type XmlAttributes = XmlNode[] & { item(at: number): XmlNode | null };

/**
 * The document of a text; null when it is not well-formed.
 * @throws {Unread} when it is larger or deeper than anybody needs, or has entities of its own
 */
export function parseNodes(text: string): XmlNode | null {
  const document = newNode(DOCUMENT, '#document', null, null);
  let here = document;
  let depth = 0;
  let nodes = 0;
  const add = (node: XmlNode) => {
    nodes += 1;
    if (nodes > MOST_NODES) throw tooLarge(`XML of more than ${MOST_NODES} nodes`);
    append(here, node);
  };
  let has_own_entities = false;
  const parser = new (loadSaxes().SaxesParser)();
  parser.on('doctype', (type) => {
    has_own_entities = mayDeclareEntities(type);
  });
  parser.on('error', (error) => {
    // They are not expanded: an answer that uses them is not read.
    if (has_own_entities && /undefined entity/.test(error.message)) {
      throw new Unread('probe_error', 'XML with entities of a document type');
    }
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > MOST_DEPTH) throw tooLarge(`XML deeper than ${MOST_DEPTH}`);
    const element = newNode(ELEMENT, withoutPrefix(name), null, document);
    const own = Object.entries(attributes).filter(([it]) => !/^xmlns(:|$)/.test(it));
    element.attributes = attributeList(
      own.map(([attribute, value]) => ({
        ...newNode(ATTRIBUTE, withoutPrefix(attribute), value, document),
        ownerElement: element,
      })),
    );
    add(element);
    here = element;
  });
  parser.on('closetag', () => {
    depth -= 1;
    here = here.parentNode ?? document;
  });
  const addText = (data: string) => {
    if (here !== document) add(newNode(TEXT, '#text', data, document));
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(text).close();
    return document;
  } catch (error) {
    if (error instanceof Unread) throw error;
    return null;
  }
}

/** The name of the outermost element of a document. */
export function rootName(document: XmlNode): string | null {
  return document.childNodes.find(({ nodeType }) => nodeType === ELEMENT)?.localName ?? null;
}

function tooLarge(message: string): Unread {
  return new Unread('answer_too_large', message);
}

/** Within, or where it refers to; those of HTML are known to browsers only, and no XML. */
function mayDeclareEntities(type: string): boolean {
  return /<!ENTITY|\b(?:SYSTEM|PUBLIC)\b/.test(type) && !/^\s*html\b/i.test(type);
}

function newNode(
  nodeType: number,
  nodeName: string,
  nodeValue: string | null,
  ownerDocument: XmlNode | null,
): XmlNode {
  return {
    nodeType,
    nodeName,
    localName: nodeType === ELEMENT || nodeType === ATTRIBUTE ? nodeName : null,
    namespaceURI: null,
    nodeValue,
    data: nodeValue,
    value: nodeValue,
    parentNode: null,
    ownerElement: null,
    ownerDocument,
    childNodes: [],
    attributes: attributeList([]),
    firstChild: null,
    lastChild: null,
    nextSibling: null,
    previousSibling: null,
  };
}

function attributeList(nodes: XmlNode[]): XmlAttributes {
  return Object.assign(nodes, { item: (at: number) => nodes[at] ?? null });
}

function append(parent: XmlNode, node: XmlNode): void {
  node.parentNode = parent;
  node.previousSibling = parent.lastChild;
  if (parent.lastChild !== null) parent.lastChild.nextSibling = node;
  parent.firstChild ??= node;
  parent.lastChild = node;
  parent.childNodes.push(node);
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
