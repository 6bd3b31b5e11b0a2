import { type Finding, NO_FACTS } from '../shared/finding.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import { child, children, descendants, textAt, type XmlElement } from '../shared/xml-tree.ts';
import { type OfdPackage, openPackage } from './package.ts';

const ENTRY_FILE = 'OFD.xml';

/** Names and object identifiers of digest algorithms in use; the standard's default is MD5. */
const DIGESTS = new Map([
  ['1.2.156.10197.1.401', 'sm3'],
  ['sm3', 'sm3'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['sha256', 'sha256'],
  ['sha-256', 'sha256'],
  ['1.3.14.3.2.26', 'sha1'],
  ['sha1', 'sha1'],
  ['sha-1', 'sha1'],
  ['1.2.840.113549.2.5', 'md5'],
  ['md5', 'md5'],
]);

/**
 * Checks an OFD (GB/T 33190-2016): archive and CRC, required parts, the digest of every part a
 * signature references, then pages without a digest. The *validity* of signatures (key, chain,
 * seal) is not checked.
 */
export function checkOfd(bytes: Uint8Array, expected: { number: string } | null): Finding {
  const ofd = openPackage(bytes);
  const entry = ofd.parse(ENTRY_FILE);
  const bodies = children(entry, 'DocBody');
  if (bodies.length === 0) throw new IntegrityError('structure', `${ENTRY_FILE}: DocBody`);
  const pages = new Set(bodies.flatMap((body) => pagesOf(ofd, body)));
  const signatures = new Set(bodies.flatMap((body) => signaturesOf(ofd, body)));
  const digested = new Set([...signatures].flatMap((signature) => checkDigests(ofd, signature)));
  for (const page of pages.difference(digested)) ofd.parse(page);
  checkNumber(entry, expected);
  const checked = digested.size > 0 ? 'digests' : 'structure';
  return { checked, notes: [], facts: NO_FACTS };
}

/** The page parts of one document, at least one. */
function pagesOf(ofd: OfdPackage, body: XmlElement): string[] {
  const root = ofd.locate(ENTRY_FILE, textAt(body, 'DocRoot'), 'DocRoot');
  const pages = child(ofd.parse(root), 'Pages');
  const found = pages === null ? [] : children(pages, 'Page');
  if (found.length === 0) throw new IntegrityError('structure', `${root}: no page`);
  return found.map((page) => ofd.locate(root, page.attributes.BaseLoc, 'Page'));
}

/** The signature parts of one document; unsigned documents are valid. */
function signaturesOf(ofd: OfdPackage, body: XmlElement): string[] {
  const location = textAt(body, 'Signatures');
  if (location === null || location === '') return [];
  const list = ofd.locate(ENTRY_FILE, location, 'Signatures');
  return children(ofd.parse(list), 'Signature').map((entry) =>
    ofd.locate(list, entry.attributes.BaseLoc, 'Signature'),
  );
}

/** The names of the parts whose digests match the signature. Throws `digest_mismatch` otherwise. */
function checkDigests(ofd: OfdPackage, signature: string): string[] {
  const checked: string[] = [];
  for (const references of descendants(ofd.parse(signature), 'References')) {
    const method = references.attributes.CheckMethod ?? 'MD5';
    const algorithm = DIGESTS.get(method.trim().toLowerCase());
    // Digests we cannot compute are not reported as mismatches.
    if (algorithm === undefined) continue;
    for (const reference of children(references, 'Reference')) {
      const name = ofd.locate(signature, reference.attributes.FileRef, 'Reference');
      const stated = Buffer.from(textAt(reference, 'CheckValue') ?? '', 'base64');
      if (!ofd.digest(algorithm, name).equals(stated))
        throw new IntegrityError('digest_mismatch', name);
      checked.push(name);
    }
  }
  return checked;
}

/** Only a 20-digit number in the document's own metadata can contradict the requested one. */
function checkNumber(entry: XmlElement, expected: { number: string } | null): void {
  if (expected === null) return;
  const numbers = descendants(entry, 'CustomData')
    .filter((datum) => datum.attributes.Name === '发票号码')
    .map((datum) => datum.text.trim())
    .filter((number) => /^\d{20}$/.test(number));
  if (numbers.some((number) => number !== expected.number)) {
    throw new IntegrityError('number_mismatch', `${ENTRY_FILE}: 发票号码`);
  }
}
