import type { FileFormat } from '../../model/vocabulary.ts';
import type { SpecimenInvoice } from './invoice.ts';
import { specimenOfd } from './ofd.ts';
import { specimenPdf } from './pdf.ts';
import { specimenXml } from './xml.ts';

export {
  SPECIMEN_MARK,
  SPECIMEN_REGION_CODE,
  type SpecimenInvoice,
  specimenInvoice,
} from './invoice.ts';

const WRITERS: Record<FileFormat, (invoice: SpecimenInvoice) => Uint8Array> = {
  pdf: specimenPdf,
  ofd: specimenOfd,
  xml: specimenXml,
};

/** The file a system would deliver for this invoice; deterministic. */
export function specimenFile(format: FileFormat, invoice: SpecimenInvoice): Uint8Array {
  return WRITERS[format](invoice);
}
