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
}

/** One reference of one signature; `holds` is null for an unknown digest. */
interface Reference {
  part: string;
  holds: boolean | null;
  place: string;
}

/**
 * Compares every part with the digests that signatures state, one document after the other. Throws
 * `digest_mismatch`, or `missing_part` for a part that a signature covers or consists of.
 */
export function checkSignatures(ofd: OfdPackage, bodies: XmlElement[]): Signing {
  const vouched = new Set<string>();
  const unknown = new Map<string, string>();
  const lists = new Set(bodies.flatMap((body) => listOf(ofd, body)));
  for (const list of lists) {
    const signatures = signaturesOf(ofd, list).map((one) => referencesOf(ofd, one));
    for (const [index, references] of signatures.entries()) {
      const later = signatures.slice(index + 1);
      for (const { part, holds, place } of references) {
        if (holds === true) vouched.add(part);
        else if (holds === null) unknown.set(part, place);
        else if (!isExcused(part, list, later)) throw new IntegrityError('digest_mismatch', part);
      }
    }
  }
  for (const part of vouched) unknown.delete(part);
  return { vouched, unknown };
}

/**
 * Whether a later signature may have changed the part: adding itself to the list of signatures, as
 * GB/T 33190 provides, changes that list; an entry file that was changed with it must be covered by
 * the later one. Nothing else changes by signing.
 */
function isExcused(part: string, list: string, later: Reference[][]): boolean {
  if (later.length === 0) return false;
  const last_word = later
    .flat()
    .filter((one) => one.part === part)
    .at(-1);
  if (part === list) return last_word === undefined || last_word.holds !== false;
  return part === ENTRY_FILE && last_word?.holds === true;
}

/** The signature list of one document; unsigned documents are valid. */
function listOf(ofd: OfdPackage, body: XmlElement): string[] {
  const location = textAt(body, 'Signatures');
  if (location === null || location === '') return [];
  return [ofd.locate(ENTRY_FILE, location, 'Signatures')];
}

function signaturesOf(ofd: OfdPackage, list: string): string[] {
  return children(ofd.parse(list), 'Signature').map((entry) =>
    ofd.locate(list, entry.attributes.BaseLoc, 'Signature'),
  );
}

function referencesOf(ofd: OfdPackage, signature: string): Reference[] {
  const root = ofd.parse(signature);
  const value = textAt(root, 'SignedValue');
  if (value !== null && value !== '') ofd.locate(signature, value, 'SignedValue');
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
