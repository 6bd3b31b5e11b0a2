import type { ResultNote } from '../../../model/vocabulary.ts';
import type { Finding } from '../shared/finding.ts';
import { IntegrityError } from '../shared/integrity-error.ts';
import { twoDecimals } from '../shared/money.ts';
import { standsFreely } from '../shared/own-number.ts';
import type { Work } from '../shared/work.ts';
import { child, children, descendants, textAt, type XmlElement } from '../shared/xml-tree.ts';
import { type NumberedPage, numbersOn, type PageNumbers } from './number.ts';
import { type OfdPackage, openPackage } from './package.ts';
import { textsOn } from './page-text.ts';
import { type Resources, resourcesOf } from './resources.ts';
import { checkSignatures, ENTRY_FILE } from './signatures.ts';

const AMOUNTS = ['合计金额', '合计税额', '价税合计'];

/**
 * Checks an OFD (GB/T 33190-2016): archive and CRC of every entry, the parts that pages need, the
 * digest of every part that a signature references, and which invoice it is. The *validity* of
 * signatures (key, chain, seal) is not checked.
 */
export function checkOfd(
  bytes: Uint8Array,
  expected: { number: string } | null,
  work: Work,
): Finding {
  const ofd = openPackage(bytes, work);
  const entry = ofd.parse(ENTRY_FILE);
  const bodies = children(entry, 'DocBody');
  if (bodies.length === 0) throw new IntegrityError('structure', `${ENTRY_FILE}: DocBody`);
  const { vouched, unknown, is_whole } = checkSignatures(ofd, bodies);
  const pages = pagesOf(ofd, bodies);
  const said = numbersOf(entry, pages);
  const is_named = checkNumber(said, pages, expected);
  for (const place of unknown.values()) throw new IntegrityError('unknown_digest', place);
  ofd.mustBeRead();
  const is_vouched = pages.every(({ parts }) => parts.every((part) => vouched.has(part)));
  const notes = new Set<ResultNote>(ofd.notes);
  // Readers show a document whose signatures are lost.
  if (!is_whole) notes.add('repaired');
  if (!is_named) notes.add('number_not_found');
  return {
    checked: is_vouched ? 'digests' : 'structure',
    notes: [...notes],
    facts: {
      number: factOf(said, expected),
      amounts: amountsOf(entry),
      text: pages.map(({ text }) => text).join(''),
    },
  };
}

/** A page that was read, with its templates. */
interface OfdPage extends NumberedPage {
  parts: string[];
  /** Without white space. */
  text: string;
}

/**
 * Every page of every document, each once. Throws for parts that a page needs and that are not
 * there.
 */
function pagesOf(ofd: OfdPackage, bodies: XmlElement[]): OfdPage[] {
  const roots = new Set(
    bodies.map((body) => ofd.locate(ENTRY_FILE, textAt(body, 'DocRoot'), 'DocRoot')),
  );
  return [...roots].flatMap((root) => {
    const document = ofd.parse(root);
    const listed = children(child(document, 'Pages'), 'Page');
    if (listed.length === 0) throw new IntegrityError('structure', `${root}: no page`);
    const names = new Set(listed.map((page) => ofd.locate(root, page.attributes.BaseLoc, 'Page')));
    const resources = resourcesOf(ofd, root, document);
    const templates = templatesOf(ofd, root, document);
    return [...names].map((name) => readPage(ofd, name, resources, templates));
  });
}

type Template = () => string;

/** The templates of a document by id, each located when a page uses it. */
function templatesOf(ofd: OfdPackage, root: string, document: XmlElement): Map<string, Template> {
  const listed = children(child(document, 'CommonData'), 'TemplatePage');
  return new Map(
    listed.map(({ attributes }) => [
      attributes.ID ?? '',
      () => ofd.locate(root, attributes.BaseLoc, 'TemplatePage'),
    ]),
  );
}

function readPage(
  ofd: OfdPackage,
  name: string,
  resources: Resources,
  templates: Map<string, Template>,
): OfdPage {
  const page = ofd.parse(name);
  const used = children(page, 'Template').flatMap(({ attributes }) => {
    return templates.get(attributes.TemplateID ?? '')?.() ?? [];
  });
  const parts = [name, ...new Set(used)];
  const words = parts.flatMap((part) => {
    const root = ofd.parse(part);
    resources.mustHave(part, root);
    return textsOn(ofd, part, root);
  });
  const text = words.map((word) => word.text.replace(/\s/g, '')).join('');
  return { parts, ...numbersOn(words), text };
}

/** What the file says of its number. */
interface SaidNumbers extends PageNumbers {
  /** In the document's own data. */
  data: Set<string>;
}

function numbersOf(entry: XmlElement, pages: OfdPage[]): SaidNumbers {
  const data = descendants(entry, 'CustomData')
    .filter(({ attributes }) => attributes.Name === '发票号码')
    .map(({ text }) => text.normalize('NFKC').trim())
    .filter((number) => /^\d{20}$/.test(number));
  const onPages = (which: keyof PageNumbers) =>
    new Set(pages.flatMap(({ numbers }) => [...numbers[which]]));
  return {
    data: new Set(data),
    labelled: onPages('labelled'),
    likely: onPages('likely'),
    all: onPages('all'),
  };
}

/**
 * Whether the expected number was found, or none is expected. Throws `number_mismatch` when data or
 * pages name another and this one only behind the label of something else, or the only number that
 * looks like an invoice's is another; other runs of 20 digits contradict nothing.
 */
function checkNumber(
  said: SaidNumbers,
  pages: OfdPage[],
  expected: { number: string } | null,
): boolean {
  if (expected === null) return true;
  const { number } = expected;
  const contradicts = (found: Set<string>) => found.size > 0 && !found.has(number);
  if (contradicts(said.data))
    throw new IntegrityError('number_mismatch', `${ENTRY_FILE}: 发票号码`);
  const is_free = pages.some((page) => standsFreely(page.said, number, true));
  if (contradicts(said.labelled) && !is_free) {
    throw new IntegrityError('number_mismatch', '发票号码');
  }
  if (said.data.has(number) || said.all.has(number) || is_free) return true;
  if (said.likely.size === 1) throw new IntegrityError('number_mismatch', 'the number on the page');
  return false;
}

function factOf(said: SaidNumbers, expected: { number: string } | null): string | null {
  const known = [said.data, said.labelled, said.all];
  if (expected !== null && known.some((one) => one.has(expected.number))) return expected.number;
  const [first] = [...said.data, ...said.labelled];
  const [likely] = said.likely;
  return first ?? (said.likely.size === 1 ? likely : undefined) ?? null;
}

function amountsOf(entry: XmlElement): string[] {
  return descendants(entry, 'CustomData')
    .filter(({ attributes }) => AMOUNTS.includes(attributes.Name ?? ''))
    .flatMap(({ text }) => twoDecimals(text) ?? []);
}
