import { readFileSync } from 'node:fs';
import type { Expectation, FieldFile, FieldFiles } from '../field-file.ts';

const SOUND = { verdict: 'sound', reason: null } as const;
const LOCKED = { verdict: 'unjudged', reason: 'encrypted', checked: 'none' } as const;
const ENCRYPTED = { verdict: ['sound', 'unjudged'] } as const;
const PACKED = { verdict: 'unjudged', reason: 'unknown_compression', checked: 'none' } as const;

/** Files that other programs wrote: README.md says which and how. */
export const WRITTEN_PDF = {
  cairo: written('cairo.pdf'),
  Chromium: written('chromium.pdf', SOUND),
  fpdf2: written('fpdf2.pdf', SOUND),
  'iText 7': written('itext-7.pdf', SOUND),
  'iText 7, full compression': written('itext-7-full-compression.pdf', SOUND),
  'iText 7, PDF 2.0': written('itext-7-pdf-2.pdf', SOUND),
  'iText 7, Chinese without a font': written('itext-7-chinese.pdf'),
  mutool: written('mutool-clean.pdf', SOUND),
  'mutool, in ASCII': written('mutool-ascii.pdf', SOUND),
  'PDFBox 2': written('pdfbox-2.pdf', SOUND),
  'PDFBox 2, an update': written('pdfbox-2-incremental.pdf', SOUND),
  'poppler, two pages': written('poppler-united.pdf', SOUND),
  pypdf: written('pypdf.pdf', SOUND),
  'pypdf, an update': written('pypdf-incremental.pdf', SOUND),
  'qpdf, for people': written('qpdf-qdf.pdf', SOUND),
  'qpdf, linearized': written('qpdf-linearized.pdf', SOUND),
  'qpdf, object streams': written('qpdf-object-streams.pdf', SOUND),
  'qpdf, linearized with object streams': written('qpdf-linearized-object-streams.pdf', SOUND),
  'qpdf, RC4 of 40 bits, no password': written('qpdf-rc4-40.pdf', ENCRYPTED, 'F12'),
  'qpdf, RC4 of 128 bits, no password': written('qpdf-rc4-128.pdf', ENCRYPTED, 'F12'),
  'qpdf, AES of 128 bits, no password': written('qpdf-aes-128.pdf', ENCRYPTED, 'F12'),
  'qpdf, AES of 256 bits, no password': written('qpdf-aes-256.pdf', ENCRYPTED, 'F12'),
  'qpdf, AES of 256 bits over object streams': written(
    'qpdf-aes-256-object-streams.pdf',
    ENCRYPTED,
    'F12',
  ),
  'qpdf, RC4 with a password': written('qpdf-rc4-40-password.pdf', LOCKED, 'F12'),
  'qpdf, AES with a password': written('qpdf-aes-256-password.pdf', LOCKED, 'F12'),
  ReportLab: written('reportlab.pdf', SOUND),
  'ReportLab, Chinese without a font': written('reportlab-chinese.pdf'),
} satisfies FieldFiles;

export const WRITTEN_OFD: FieldFiles = {
  ofdrw: written('ofdrw.ofd', { verdict: 'sound' }),
  'Info-ZIP': written('info-zip.ofd', SOUND),
  'java.util.zip': written('java-util-zip.ofd', SOUND),
  'Commons Compress, ZIP64 always': written('commons-compress.ofd', SOUND, 'F13'),
  'zipfile of Python': written('python-deflated.ofd', SOUND),
  'zipfile of Python to a pipe': written('python-streamed.ofd', SOUND),
  'zipfile of Python, bzip2': written('python-bzip2.ofd', PACKED, 'F14'),
  'zipfile of Python, LZMA': written('python-lzma.ofd', PACKED, 'F14'),
};

function written(name: string, should?: Expectation, id?: string): FieldFile {
  return {
    make: () => readFileSync(new URL(name, import.meta.url)),
    ...(should === undefined ? {} : { should }),
    ...(id === undefined ? {} : { id }),
  };
}
