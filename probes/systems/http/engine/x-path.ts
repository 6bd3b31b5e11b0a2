import { createRequire } from 'node:module';
import { loadSaxes, type XmlNode } from './xml-nodes.ts';

/** What we use of the library, whose own types are those of browsers. */
interface XPathLibrary {
  parse(path: string): {
    select(options: { node: XmlNode }): XmlNode[];
  };
}

/** Loaded with the first system that needs it. */
const require = createRequire(import.meta.url);
const library = (): XPathLibrary => require('xpath');

/** As many values as anybody needs from an answer. */
const MOST_VALUES = 1_000;

/**
 * The part of XPath 1.0 that finds elements and attributes: steps by name, `*`, `//`, `@name`,
 * `text()`, and in brackets a position or what a name equals.
 */
const NAME = '[\\p{L}_][\\p{L}\\p{N}_.-]*';
const CONDITION = `\\[(?:[1-9]\\d{0,4}|@?${NAME}='[^']*')\\]`;
const STEP = `(?:${NAME}|\\*)(?:${CONDITION})*`;
const PATH = new RegExp(`^//?${STEP}(?://?${STEP})*(?:/@${NAME}|/text\\(\\))?$`, 'u');

/** Why a path is not one of the part of XPath that is read here; null when it is. */
export function xPathProblem(path: string): string | null {
  if (path.includes(':')) return 'names an element with a prefix; leave prefixes out';
  // Loaded now, so that no answer's time is spent on it.
  library();
  loadSaxes();
  return PATH.test(path)
    ? null
    : "must be a path such as /Envelope/Body/Code, //Item[2]/@id or //Item[Kind='pdf']/Url";
}

/** The texts at a path; the first thousand. Takes long for some: to be called within time. */
export function textsAt(path: string, root: XmlNode): string[] {
  const nodes = library().parse(path).select({ node: root });
  return nodes.slice(0, MOST_VALUES).map(textOfNode);
}

function textOfNode(node: XmlNode): string {
  if (node.nodeValue !== null) return node.nodeValue;
  return node.childNodes.map(textOfNode).join('');
}
