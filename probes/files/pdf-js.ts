import { getDocumentProxy } from 'unpdf';

/** More pages say nothing more about whether readers open a file. */
const PAGES = 3;
/** Of pdf.js: errors only. */
const QUIET = 0;

/**
 * Whether pdf.js opens the PDF: it loads, has a page, and the first pages can be interpreted. Takes
 * the bytes over, and is bounded in neither time nor memory.
 */
export async function opensHere(bytes: Uint8Array): Promise<boolean> {
  try {
    const pdf = await getDocumentProxy(bytes, { stopAtErrors: true, verbosity: QUIET });
    if (pdf.numPages < 1) return false;
    for (let page = 1; page <= Math.min(pdf.numPages, PAGES); page += 1) {
      await (await pdf.getPage(page)).getOperatorList();
    }
    return true;
  } catch {
    return false;
  }
}
