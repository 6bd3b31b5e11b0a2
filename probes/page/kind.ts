/** What a browser would show an answer as. `file`: a picture, a document, something to save. */
export type PageKind = 'html' | 'xml' | 'text' | 'file';

/** How HTML begins (WHATWG MIME Sniffing, 7.1). */
const BEGINS_HTML =
  /^\s*<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\s>]/i;
const BEGINS_COMMENT = /^\s*<!--/;
const BEGINS_XML = /^\s*<\?xml/;
/** How pictures and documents begin: PNG, JPEG, GIF, icon, PDF, ZIP. */
const BEGINS_FILE = ['\x89PNG', '\xff\xd8\xff', 'GIF8', '\0\0\x01\0', '%PDF-', 'PK\x03\x04'];

/** The kind of an answer, by its media type, or by its beginning where it has none. */
export function kindOf(media_type: string | null, body: Buffer): PageKind {
  const start = body.toString('latin1', 0, 1_024);
  if (BEGINS_FILE.some((it) => start.startsWith(it))) return 'file';
  if (media_type === null || media_type === 'unknown/unknown') {
    if (BEGINS_XML.test(start)) return 'xml';
    return BEGINS_HTML.test(start) || BEGINS_COMMENT.test(start) ? 'html' : 'text';
  }
  if (media_type === 'text/html') return 'html';
  if (/^(text|application)\/xml$|\+xml$/.test(media_type)) return 'xml';
  return /^(text\/|application\/(json|javascript)$)|\+json$/.test(media_type) ? 'text' : 'file';
}
