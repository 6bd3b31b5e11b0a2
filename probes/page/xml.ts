const XHTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

/** What a browser makes of XML by the namespace of its root: a page, a drawing, or its source. */
export type XmlRoot = 'html' | 'svg' | 'other';

/** The first start tag behind declarations: its prefix, and its attributes. */
const ROOT = /<(?:([A-Za-z_][\w.-]{0,100}):)?[A-Za-z_][\w.-]{0,100}((?:\s[^<>]{0,5000})?)>/;

/**
 * XML as an HTML parser can read it: without comments, which end no title, and without the prefix
 * of the root's namespace.
 */
export function readableXml(xml: string): { source: string; root: XmlRoot } {
  const source = withoutComments(xml);
  const [, prefix, attributes = ''] = ROOT.exec(source.slice(0, 20_000)) ?? [];
  const name = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  const namespace = new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1];
  const root = namespace === XHTML ? 'html' : namespace === SVG ? 'svg' : 'other';
  if (prefix === undefined || root === 'other') return { source, root };
  return { source: source.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</'), root };
}

function withoutComments(xml: string): string {
  const kept: string[] = [];
  let from = 0;
  for (;;) {
    const start = xml.indexOf('<!--', from);
    const end = start === -1 ? -1 : xml.indexOf('-->', start + 4);
    kept.push(xml.slice(from, end === -1 ? undefined : start));
    if (end === -1) return kept.join('');
    from = end + 3;
  }
}
