import { SaxesParser } from 'saxes';
import { IntegrityError } from './integrity-error.ts';
import type { Work } from './work.ts';
import { type DocumentType, readDocumentType } from './xml-doctype.ts';
import { decodeXml } from './xml-encoding.ts';

/** An element without its namespace prefix, with its own text and its children. */
export interface XmlElement {
  name: string;
  /** With their prefixes; a map, for names are the file's. */
  attributes: Record<string, string>;
  text: string;
  children: XmlElement[];
}

/** A well-formed document. */
export interface XmlDocument {
  root: XmlElement;
  /** NUL bytes follow; readers end there. */
  ends_in_nul: boolean;
}

/** As deep as xmllint reads. */
const MOST_DEPTH = 256;
/** Expanded entities of a document type; more is a bomb. */
const MOST_EXPANDED_CHARACTERS = 1024 * 1024;
/** The entities that XML itself defines. */
const OWN_ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const OPENS = '<'.charCodeAt(0);
const REFERS = '&'.charCodeAt(0);
const QUOTES = '"'.charCodeAt(0);
const APOSTROPHE = "'".charCodeAt(0);
const RETURNS = '\r'.charCodeAt(0);
/** May end a comment, and an instruction. */
const DASH = '-'.charCodeAt(0);
const QUESTION = '?'.charCodeAt(0);

/**
 * Parses XML into a tree, at the cost of the work. Throws `truncated` when it ends before its root
 * element does; `not_well_formed`; `unknown_kind` for entities that only a document type defines,
 * for a document type that is not simple and an unknown encoding; `too_large`.
 */
export function parseXml(bytes: Uint8Array, name: string, work: Work): XmlDocument {
  spendParsing(bytes, name, work);
  const { text, ends_in_nul } = decodeXml(bytes, name);
  const builder = treeBuilder(name, text);
  try {
    builder.parser.write(text);
  } catch (error) {
    throw builder.errorOf(error, 'not_well_formed');
  }
  try {
    builder.parser.close();
  } catch (error) {
    throw builder.errorOf(error, builder.isClosed() ? 'not_well_formed' : 'truncated');
  }
  const root = builder.root();
  if (root === null) throw new IntegrityError('truncated', `${name}: no root element`);
  // Whether readers accept it, only a reader of document types could say.
  if (builder.isOdd()) throw new IntegrityError('unknown_kind', `${name}: DOCTYPE`);
  return { root, ends_in_nul };
}

/** The first child of that name, or null. */
export function child(element: XmlElement | null, name: string): XmlElement | null {
  return element?.children.find((one) => one.name === name) ?? null;
}

/** The children of that name. */
export function children(element: XmlElement | null, name: string): XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}

/** The element and all below it, in document order. */
export function* within(element: XmlElement): Generator<XmlElement> {
  const waiting = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (let at = next.children.length - 1; at >= 0; at -= 1) {
      const one = next.children[at];
      if (one !== undefined) waiting.push(one);
    }
  }
}

/** All below the element of that name, in document order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return [...within(element)].filter((one) => one !== element && one.name === name);
}

/** The trimmed text at a path of element names, or null if there is no such element. */
export function textAt(element: XmlElement | null, ...path: string[]): string | null {
  let at = element;
  for (const name of path) at = child(at, name);
  return at === null ? null : at.text.trim();
}

/** Counts before parsing what parsing will cost. */
function spendParsing(bytes: Uint8Array, name: string, work: Work): void {
  work.spend('xml_byte', bytes.length, name);
  let tags = 0;
  let references = 0;
  let quotes = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === OPENS) tags += 1;
    else if (byte === REFERS || byte === RETURNS) references += 1;
    else if (byte === DASH || byte === QUESTION) references += 1;
    else if (byte === QUOTES || byte === APOSTROPHE) quotes += 1;
  }
  work.spend('xml_tag', tags, name);
  work.spend('xml_attribute', quotes / 2, name);
  work.spend('xml_reference', references, name);
}

function treeBuilder(name: string, text: string) {
  const parser = new SaxesParser();
  // Names like `constructor` are no entities.
  parser.ENTITIES = Object.assign(Object.create(null), OWN_ENTITIES);
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let rootTag = '';
  let type: DocumentType | null = null;
  parser.on('doctype', (doctype) => {
    type = readDocumentType(doctype);
    defineEntities(parser, type, text);
  });
  const isOdd = () => type !== null && !type.is_simple;
  parser.on('opentag', (tag) => {
    if (open.length >= MOST_DEPTH)
      throw new IntegrityError('too_large', `${name}: nested too deep`);
    const { attributes } = tag;
    const element = { name: localName(tag.name), attributes, text: '', children: [] };
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
  const addText = (part: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  /** The end is there, so that what is wrong stands before it. */
  const isClosed = () => rootTag !== '' && text.trimEnd().endsWith(`</${rootTag}>`);
  const errorOf = (error: unknown, reason: 'truncated' | 'not_well_formed') => {
    if (error instanceof IntegrityError) return error;
    const entity = error instanceof Error && error.message.includes('undefined entity');
    if (entity && (isOdd() || type?.is_external)) {
      return new IntegrityError('unknown_kind', `${name}: entities of the DOCTYPE`);
    }
    return new IntegrityError(reason, `${name}: line ${parser.line}`);
  };
  return { parser, root: () => root, isClosed, isOdd, errorOf };
}

/** Makes the entities of a document type known. */
function defineEntities(parser: SaxesParser, { entities }: DocumentType, text: string): void {
  let longest = 0;
  for (const [name, value] of entities) {
    parser.ENTITIES[name] = value;
    longest = Math.max(longest, value.length);
  }
  if (longest * (text.split('&').length - 1) > MOST_EXPANDED_CHARACTERS) {
    throw new IntegrityError('too_large', 'entities of the DOCTYPE');
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
