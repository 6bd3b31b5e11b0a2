import type { ResultNote } from '../../../model/vocabulary.ts';
import { DIGESTS, type DigestName } from '../shared/digest.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import type { Work } from '../shared/work.ts';
import { parseXml, type XmlElement } from '../shared/xml-tree.ts';
import { readZip, type ZipEntry } from '../shared/zip.ts';

/**
 * The parts of an OFD archive. Each is parsed and digested once, however often it is referred to.
 */
export interface OfdPackage {
  work: Work;
  /** What was odd about the archive. */
  notes: ResultNote[];
  /** The part as XML. Throws `missing_part`, `not_well_formed`, or why it is unread. */
  parse(name: string): XmlElement;
  /** The part's digest. Throws `missing_part`, or why it is unread. */
  digest(algorithm: DigestName, name: string): Uint8Array;
  /** The part that a location in part `from` refers to; null if there is none. */
  find(from: string, location: string): string | null;
  /** Like `find`; throws `missing_part`. */
  locate(from: string, location: string | null | undefined, what: string): string;
  /** Throws why some part could not be read, if any: the archive is then not known to be sound. */
  mustBeRead(): void;
}

/** Opens the archive and checks the CRC of every entry. Throws like `readZip`. */
export function openPackage(bytes: Uint8Array, work: Work): OfdPackage {
  const { entries, notes } = readZip(bytes, work);
  const parsed = new Map<string, XmlElement>();
  const digests = new Map<string, Uint8Array>();
  const foldedNames = new Map([...entries.keys()].map((name) => [name.toLowerCase(), name]));

  function entryOf(name: string): ZipEntry {
    const entry = entries.get(name);
    if (entry === undefined) throw new IntegrityError('missing_part', name);
    if (entry.unread !== null) throw new IntegrityError(entry.unread, name);
    return entry;
  }

  function parse(name: string): XmlElement {
    const known = parsed.get(name);
    if (known !== undefined) return known;
    const root = parsePart(entryOf(name).bytes, name, work);
    parsed.set(name, root);
    return root;
  }

  function digest(algorithm: DigestName, name: string): Uint8Array {
    const key = `${algorithm}:${name}`;
    const known = digests.get(key);
    if (known !== undefined) return known;
    const content = entryOf(name).bytes;
    work.spend('digested_byte', content.length, name);
    const made = DIGESTS[algorithm](content);
    digests.set(key, made);
    return made;
  }

  function find(from: string, location: string): string | null {
    const path = location.trim().replaceAll('\\', '/');
    work.spend('location', 1 + path.length / 100, from);
    const meanings = candidates(from, path);
    const exact = meanings.find((one) => entries.has(one));
    if (exact !== undefined) return exact;
    // Written and read on systems that do not tell case apart.
    const folded = meanings.map((one) => foldedNames.get(one.toLowerCase()));
    return folded.find((one) => one !== undefined) ?? null;
  }

  function locate(from: string, location: string | null | undefined, what: string): string {
    if (location === null || location === undefined || location.trim() === '') {
      throw new IntegrityError('structure', `${from}: ${what} without a location`);
    }
    const name = find(from, location);
    if (name === null) throw new IntegrityError('missing_part', location.trim());
    return name;
  }

  function mustBeRead(): void {
    for (const { name, unread } of entries.values()) {
      if (unread !== null) throw new IntegrityError(unread, name);
    }
  }

  return { work, notes, parse, digest, find, locate, mustBeRead };
}

function parsePart(content: Uint8Array, name: string, work: Work): XmlElement {
  try {
    return parseXml(content, name, work).root;
  } catch (error) {
    // The archive is complete, so a part that ends early was written that way.
    if (error instanceof IntegrityError && error.reason === 'truncated') {
      throw new IntegrityError('not_well_formed', error.where);
    }
    throw error;
  }
}

/**
 * Possible meanings of a location: absolute from the archive's root, else relative to the referring
 * part (the standard's ST_Loc), else, as some writers do, relative to the root or the document's
 * folder.
 */
function candidates(from: string, path: string): string[] {
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
