import type { FileFormat } from '../../../model/vocabulary.ts';
import type { FieldFile, FieldFiles } from './field-file.ts';
import { OFD_ARCHIVES } from './ofd/archives.ts';
import { OFD_CHANGED, OFD_HURT, OFD_INSTEAD, OFD_MISSING } from './ofd/damaged.ts';
import { OFD_DOCUMENTS, OFD_NUMBERS, OFD_SIGNATURES } from './ofd/documents.ts';
import { PDF_STREAMS, PDF_TABLES, PDF_UPDATES } from './pdf/cross-reference.ts';
import { PDF_CUT, PDF_HURT, PDF_INSTEAD, PDF_MISSING } from './pdf/damaged.ts';
import { PDF_FILTERS } from './pdf/filters.ts';
import { PDF_FLATE } from './pdf/flate.ts';
import { PDF_LARGE } from './pdf/large.ts';
import { PDF_PAGES, PDF_SYNTAX } from './pdf/syntax.ts';
import { PDF_TEXTS } from './pdf/texts.ts';
import { WRITTEN_OFD, WRITTEN_PDF } from './written/index.ts';
import { XML_DAMAGED } from './xml/damaged.ts';
import { XML_OTHER_KINDS } from './xml/other-kinds.ts';
import { XML_CONTENTS, XML_SPELLINGS } from './xml/traits.ts';

/** A file under the name that the recording knows it by. */
export interface NamedFile extends FieldFile {
  name: string;
  format: FileFormat;
}

const GROUPS: readonly (readonly [FileFormat, string, FieldFiles])[] = [
  ['pdf', 'table', PDF_TABLES],
  ['pdf', 'updates', PDF_UPDATES],
  ['pdf', 'streams', PDF_STREAMS],
  ['pdf', 'flate', PDF_FLATE],
  ['pdf', 'filter', PDF_FILTERS],
  ['pdf', 'syntax', PDF_SYNTAX],
  ['pdf', 'pages', PDF_PAGES],
  ['pdf', 'text', PDF_TEXTS],
  ['pdf', 'large', PDF_LARGE],
  ['pdf', 'written by', WRITTEN_PDF],
  ['pdf', 'cut', PDF_CUT],
  ['pdf', 'hurt', PDF_HURT],
  ['pdf', 'without', PDF_MISSING],
  ['pdf', 'instead', PDF_INSTEAD],
  ['ofd', 'archive', OFD_ARCHIVES],
  ['ofd', 'signature', OFD_SIGNATURES],
  ['ofd', 'document', OFD_DOCUMENTS],
  ['ofd', 'number', OFD_NUMBERS],
  ['ofd', 'written by', WRITTEN_OFD],
  ['ofd', 'hurt', OFD_HURT],
  ['ofd', 'without', OFD_MISSING],
  ['ofd', 'changed', OFD_CHANGED],
  ['ofd', 'instead', OFD_INSTEAD],
  ['xml', 'spelling', XML_SPELLINGS],
  ['xml', 'contents', XML_CONTENTS],
  ['xml', 'other kind', XML_OTHER_KINDS],
  ['xml', 'damaged', XML_DAMAGED],
];

/** Every file, by format and kind; each is made when it is wanted, for some are large. */
export const FILES: readonly NamedFile[] = GROUPS.flatMap(([format, group, files]) =>
  Object.entries(files).map(([name, file]) => ({
    ...(typeof file === 'function' ? { make: file } : file),
    name: `${format} ${group}: ${name}`,
    format,
  })),
);
