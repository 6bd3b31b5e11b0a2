import { bytesOfBase64, type DigestName, equalBytes } from '../shared/digest.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import { children, descendants, textAt, type XmlElement } from '../shared/xml-tree.ts';
import type { OfdPackage } from './package.ts';

export const ENTRY_FILE = 'OFD.xml';

/**
 * Names and object identifiers of digest algorithms in use; the standard's default is MD5. SM3
 * *with* a key (1.2.156.10197.1.401.2, GM/T 0006) is no digest that anyone can take.
 */
const DIGEST_NAMES = new Map<string, DigestName>([
  ['1.2.156.10197.1.401', 'sm3'],
  ['1.2.156.10197.1.401.1', 'sm3'],
  ['sm3', 'sm3'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['sha256', 'sha256'],
  ['sha-256', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['sha384', 'sha384'],
  ['sha-384', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
  ['sha512', 'sha512'],
  ['sha-512', 'sha512'],
  ['1.3.14.3.2.26', 'sha1'],
  ['sha1', 'sha1'],
  ['sha-1', 'sha1'],
  ['1.2.840.113549.2.5', 'md5'],
  ['md5', 'md5'],
]);

/** What the signatures of a package say of its parts. */
export interface Signing {
  /** Parts that are as some signature says. */
  vouched: Set<string>;
  /** Parts that only digests of unknown algorithms cover: part to place. */
  unknown: Map<string, string>;
  /** No part of a signature itself is missing. */
  is_whole: boolean;
}

/** One reference of one signature; `holds` is null for an unknown digest. */
interface Reference {
  part: string;
  holds: boolean | null;
  place: string;
}

/**
 * Compares every part with the digests that signatures state, one document after the other. Throws
 * `digest_mismatch`, or `missing_part` for a part that a signature covers; a signature that is
 * missing itself proves nothing, and no page needs it.
 */
export function checkSignatures(ofd: OfdPackage, bodies: XmlElement[]): Signing {
  const signing: Signing = { vouched: new Set(), unknown: new Map(), is_whole: true };
  const lists = new Set(bodies.map((body) => textAt(body, 'Signatures') ?? ''));
  for (const location of lists) {
    const list = location === '' ? null : ofd.find(ENTRY_FILE, location);
    if (list !== null) checkList(ofd, list, signing);
    else if (location !== '') signing.is_whole = false;
  }
  for (const part of signing.vouched) signing.unknown.delete(part);
  return signing;
}

function checkList(ofd: OfdPackage, list: string, signing: Signing): void {
  const signatures = children(ofd.parse(list), 'Signature').map((entry) => {
    const signature = ofd.find(list, entry.attributes.BaseLoc ?? '');
    if (signature === null) signing.is_whole = false;
    return signature === null ? [] : referencesOf(ofd, signature, signing);
  });
  for (const [index, references] of signatures.entries()) {
    const later = signatures.slice(index + 1).flat();
    for (const { part, holds, place } of references) {
      const by_signing = part === list && signatures.length > 1;
      if (holds === true) signing.vouched.add(part);
      else if (holds === null) signing.unknown.set(part, place);
      else if (!by_signing && !isEntryOfLater(part, later)) {
        throw new IntegrityError('digest_mismatch', part);
      }
    }
  }
}

/**
 * Signing once more adds to the list of signatures, as GB/T 33190 provides: that list may differ
 * from what any of several signatures covers, for some writers add to it after taking its digest.
 * An entry file that was changed with it must be covered by the later one. Nothing else changes.
 */
function isEntryOfLater(part: string, later: Reference[]): boolean {
  return part === ENTRY_FILE && later.filter((one) => one.part === part).at(-1)?.holds === true;
}

function referencesOf(ofd: OfdPackage, signature: string, signing: Signing): Reference[] {
  const root = ofd.parse(signature);
  const value = textAt(root, 'SignedValue') ?? '';
  if (value !== '' && ofd.find(signature, value) === null) signing.is_whole = false;
  return descendants(root, 'References').flatMap((references) => {
    const method = (references.attributes.CheckMethod ?? 'MD5').trim();
    const algorithm = DIGEST_NAMES.get(method.toLowerCase());
    return children(references, 'Reference').map((reference) => {
      const part = ofd.locate(signature, reference.attributes.FileRef, 'Reference');
      const stated = textAt(reference, 'CheckValue') ?? '';
      const holds = algorithm === undefined ? null : isDigest(ofd, algorithm, part, stated);
      return { part, holds, place: `${signature}: digest ${method}` };
    });
  });
}

function isDigest(ofd: OfdPackage, algorithm: DigestName, part: string, stated: string): boolean {
  const bytes = bytesOfBase64(stated);
  return bytes !== null && equalBytes(ofd.digest(algorithm, part), bytes);
}
