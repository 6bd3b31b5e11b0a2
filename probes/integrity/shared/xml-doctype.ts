/** What a document type says, as far as it is simple. */
export interface DocumentType {
  /** Its internal entities, by name; the first of a name counts. */
  entities: Map<string, string>;
  /** More may be defined outside the file. */
  is_external: boolean;
  /** Nothing stands in it but name, external identifier and plain entities, all well-formed. */
  is_simple: boolean;
}

const MOST_CHARACTERS = 256 * 1024;
const S = '[ \\t\\r\\n]';
/** Of the letters of names those that are used. */
const NAME = '[A-Za-z_\\u4e00-\\u9fa5][A-Za-z0-9_.\\-\\u4e00-\\u9fa5]*';
const LITERAL = `(?:"[^"]*"|'[^']*')`;
const PUBLIC_CHARACTERS = '\\w \\r\\n\\-()+,./:=?;!*#@$%';
const PUBLIC = `(?:"[${PUBLIC_CHARACTERS}']*"|'[${PUBLIC_CHARACTERS}]*')`;
const EXTERNAL = `(?:SYSTEM|PUBLIC${S}+${PUBLIC})${S}+${LITERAL}`;
const BEGINNING = new RegExp(`^${S}+${NAME}(?::${NAME})?(${S}+${EXTERNAL})?${S}*`);
const VALUE = `"([^"<&%]*)"|'([^'<&%]*)'`;
const ENTITY = new RegExp(`${S}*<!ENTITY${S}+(${NAME})${S}+(?:${VALUE})${S}*>`, 'y');
const END = new RegExp(`${S}*\\]${S}*$`, 'y');
/** Readers refuse other values of these. */
const PREDEFINED = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/**
 * Reads what stands between `<!DOCTYPE` and its `>` (XML 1.0, 2.8). A parser that passes over
 * document types accepts any; what is not simple here may be refused by readers.
 */
export function readDocumentType(text: string): DocumentType {
  const type: DocumentType = { entities: new Map(), is_external: false, is_simple: false };
  if (text.length > MOST_CHARACTERS) return type;
  const beginning = BEGINNING.exec(text);
  if (beginning === null) return type;
  type.is_external = beginning[1] !== undefined;
  let at = beginning[0].length;
  if (at === text.length) return { ...type, is_simple: true };
  if (text[at] !== '[') return type;
  at += 1;
  for (;;) {
    ENTITY.lastIndex = at;
    const [whole, name = '', quoted, value = quoted ?? ''] = ENTITY.exec(text) ?? [];
    if (whole === undefined) break;
    if (PREDEFINED.has(name)) return type;
    if (!type.entities.has(name)) type.entities.set(name, value);
    at += whole.length;
  }
  END.lastIndex = at;
  return { ...type, is_simple: END.test(text) };
}
