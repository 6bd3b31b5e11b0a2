import { IntegrityError } from '../shared/integrity-error.ts';
import { child, type XmlElement } from '../shared/xml-tree.ts';

/**
 * Throws unless the document is an `EInvoice`: `not_a_file` for a page and for what storage and
 * SOAP services answer instead of a file, `unknown_kind` for any other (UBL, CII, XBRL, KSeF, …).
 */
export function checkKind(root: XmlElement): void {
  if (root.name === 'EInvoice') return;
  if (root.name.toLowerCase() === 'html')
    throw new IntegrityError('not_a_file', 'starts like HTML');
  if (isErrorDocument(root)) throw new IntegrityError('not_a_file', `an error: ${root.name}`);
  throw new IntegrityError('unknown_kind', root.name);
}

/** `<Error><Code>` of object storage, and SOAP faults. */
function isErrorDocument(root: XmlElement): boolean {
  if (root.name === 'Error') return child(root, 'Code') !== null;
  return root.name === 'Envelope' && child(child(root, 'Body'), 'Fault') !== null;
}
