import { createHash } from 'node:crypto';
import { IntegrityError } from '../shared/integrity-error.ts';
import { parseXml, type XmlBudget, type XmlElement } from '../shared/xml-tree.ts';
import { readZip } from '../shared/zip.ts';

/**
 * The parts of an OFD archive, read within a budget, so that circular references cost nothing
 * extra.
 */
export interface OfdPackage {
  /** The part as XML. Throws `structure` if it is missing or not well-formed. */
  parse(name: string): XmlElement;
  /** The part's digest. Throws `structure` if it is missing. */
  digest(algorithm: string, name: string): Buffer;
  /** The part that a location in part `from` refers to. Throws `structure` if there is none. */
  locate(from: string, location: string | null | undefined, what: string): string;
}

/** Limits for all parts together; pages are only read when no signature covers them. */
const MAX_XML_BYTES = 3 * 1024 * 1024;
const MAX_XML_NODES = 80_000;
/** Allows digests by one algorithm over everything, not by several. */
const MAX_DIGESTED_BYTES = 24 * 1024 * 1024;

/** Opens the archive and checks the CRC of every entry. Throws like `readZip`. */
export function openPackage(bytes: Uint8Array): OfdPackage {
  const archive = readZip(bytes);
  const digests = new Map<string, Buffer>();
  const budget = { bytes: MAX_XML_BYTES, nodes: MAX_XML_NODES };
  let digestible_bytes = MAX_DIGESTED_BYTES;

  function contentOf(name: string): Uint8Array {
    const entry = archive.get(name);
    if (entry === undefined) throw new IntegrityError('structure', `${name}: missing`);
    return entry.bytes;
  }

  function parse(name: string): XmlElement {
    return parsePart(contentOf(name), name, budget);
  }

  function digest(algorithm: string, name: string): Buffer {
    const key = `${algorithm}:${name}`;
    const known = digests.get(key);
    if (known !== undefined) return known;
    const content = contentOf(name);
    digestible_bytes -= content.length;
    if (digestible_bytes < 0) throw new IntegrityError('structure', `${name}: too much to digest`);
    const made = createHash(algorithm).update(content).digest();
    digests.set(key, made);
    return made;
  }

  function locate(from: string, location: string | null | undefined, what: string): string {
    if (location === null || location === undefined || location.trim() === '') {
      throw new IntegrityError('structure', `${from}: ${what} without a location`);
    }
    const name = candidates(from, location.trim()).find((one) => archive.has(one));
    if (name === undefined) throw new IntegrityError('structure', `${location}: missing`);
    return name;
  }

  return { parse, digest, locate };
}

function parsePart(content: Uint8Array, name: string, budget: XmlBudget): XmlElement {
  try {
    return parseXml(content, name, budget);
  } catch (error) {
    // The archive is complete, so a truncated part was written that way.
    if (error instanceof IntegrityError && error.reason === 'truncated') {
      throw new IntegrityError('structure', error.where);
    }
    throw error;
  }
}

/**
 * Possible meanings of a location: absolute from the archive's root, else relative to the referring
 * part (the standard's ST_Loc), else, as some writers do, relative to the root or the document's
 * folder.
 */
function candidates(from: string, location: string): string[] {
  const path = location.replaceAll('\\', '/');
  if (path.startsWith('/')) return [normalize(path)];
  const folder = from.slice(0, from.lastIndexOf('/') + 1);
  const documentFolder = from.slice(0, from.indexOf('/') + 1);
  return [folder + path, path, documentFolder + path].map(normalize);
}

/** Resolves `.` and `..`; paths cannot leave the archive's root. */
function normalize(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
