import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inspectFile } from '../../probes/integrity/index.ts';
import { NUMBER, OTHER_NUMBER } from '../field/files/field-file.ts';
import { content, entry, ofdFile, ofdParts, signed, xml } from '../field/files/ofd/writer.ts';

const PAGE = 'Doc_0/Pages/Page_0/Content.xml';
const LIST = 'Doc_0/Signs/Signatures.xml';
/** Of a Chinese bank: 20 digits, those of a province first. */
const ACCOUNT = '23001234567890123456';

type Parts = ReturnType<typeof ofdParts>;

/** Verdict or reason, with what it rests on and the notes. */
function judge(parts: Parts, number = NUMBER) {
  const { integrity, notes, facts } = inspectFile({
    format: 'ofd',
    bytes: ofdFile(parts),
    content_length: null,
    expected: { number },
  });
  const { reason, checked, where } = integrity;
  return { found: reason ?? checked, where, notes, facts };
}

/** A text object at a place; one text code for each piece. */
function textAt(x: number, y: number, ...pieces: string[]): string {
  const codes = pieces.map(
    (piece, n) => `<ofd:TextCode X="${2 * n}" Y="4">${piece}</ofd:TextCode>`,
  );
  return (
    `<ofd:TextObject ID="9" Boundary="${x} ${y} 90 6" Font="4" Size="4">${codes.join('')}` +
    '</ofd:TextObject>'
  );
}

/** A document that says its number on the page only. */
function paged(more: string, template?: string): Parts {
  const page = content([], { template: '<ofd:Template TemplateID="3"/>', more });
  const changes = { 'OFD.xml': entry(null), [PAGE]: page };
  if (template === undefined) return ofdParts(changes);
  return ofdParts({ ...changes, 'Doc_0/Tpls/Tpl_0/Content.xml': content([], { more: template }) });
}

const digits = (number: string) => [...number];
const LABEL = '发票号码：';

describe('F4 · the number on the page', () => {
  const written: [string, (number: string) => Parts][] = [
    ['behind its label', (number) => paged(textAt(9, 9, `${LABEL}${number}`))],
    ['digit by digit', (number) => paged(textAt(9, 9, LABEL) + textAt(40, 9, ...digits(number)))],
    [
      'each digit a text of its own, in no order',
      (number) =>
        paged(
          textAt(9, 9, LABEL) +
            digits(number)
              .map((digit, n) => textAt(40 + 2 * n, 9, digit))
              .toReversed()
              .join(''),
        ),
    ],
    ['in two halves', (number) => paged(textAt(9, 9, LABEL, number.slice(0, 9), number.slice(9)))],
    [
      'beside a label of the template',
      (number) => paged(textAt(40, 9, number), textAt(9, 9, '发 票 号 码 :')),
    ],
    [
      'drawn after its label, elsewhere',
      (number) => paged(textAt(9, 9, LABEL) + textAt(9, 60, number)),
    ],
    ['without a label', (number) => paged(textAt(9, 9, number))],
    [
      'beside the number of the invoice that it reverses',
      (number) =>
        paged(
          textAt(9, 9, `${LABEL}${number}`) +
            textAt(9, 90, `被红冲蓝字数电发票号码：${ACCOUNT}`) +
            textAt(9, 95, `银行账号：${ACCOUNT}`),
        ),
    ],
  ];

  it.each(written)('%s', (_, make) => {
    const right = judge(make(NUMBER));
    expect(right).toMatchObject({ found: 'structure', notes: [], facts: { number: NUMBER } });
    expect(judge(make(OTHER_NUMBER)).found).toBe('number_mismatch');
  });

  it.each([
    ['no text', ''],
    ['a page that says 系统繁忙', textAt(9, 9, '系统繁忙，请稍后再试')],
    ['the account of a bank', textAt(9, 9, ACCOUNT)],
    ['the number of an order', textAt(9, 9, `订单号：${OTHER_NUMBER}`)],
    ['the invoice that a red one reverses', textAt(9, 9, `原发票号码：${OTHER_NUMBER}`)],
    ['a number of 21 digits', textAt(9, 9, `${LABEL}${OTHER_NUMBER}1`)],
    [
      'two that look like one',
      textAt(9, 9, OTHER_NUMBER) + textAt(9, 50, `${OTHER_NUMBER.slice(0, -1)}9`),
    ],
  ])('is not found, and that is said: %s', (_, more) => {
    expect(judge(paged(more))).toMatchObject({ found: 'structure', notes: ['number_not_found'] });
  });

  it.each(['对应发票号码：', '被红冲蓝字数电发票号码：', '关联发票号码', '备注：'])(
    'is of another invoice that names this one as %s',
    (label) => {
      const own = textAt(9, 9, `${LABEL}${OTHER_NUMBER}`);
      const beside = textAt(9, 90, `${label}${NUMBER}`);
      expect(judge(paged(own + beside)).found).toBe('number_mismatch');
      expect(judge(paged(own + beside), OTHER_NUMBER)).toMatchObject({
        found: 'structure',
        notes: [],
      });
      expect(judge(paged(own + textAt(9, 60, NUMBER))).found).toBe('structure');
    },
  );

  it('is found in full-width digits', () => {
    const wide = digits(NUMBER).map((digit) => String.fromCharCode(0xff10 + Number(digit)));
    const page = paged(textAt(9, 9, `${LABEL}${wide.join('')}`));
    expect(judge(page)).toMatchObject({ found: 'structure', notes: [], facts: { number: NUMBER } });
    expect(judge(page, OTHER_NUMBER).found).toBe('number_mismatch');
  });

  it('contradicts data that name the invoice asked for', () => {
    const page = content([], { more: textAt(9, 9, `${LABEL}${OTHER_NUMBER}`) });
    expect(judge(ofdParts({ [PAGE]: page })).found).toBe('number_mismatch');
  });

  it('says the amounts of its data in fen', () => {
    const data = [
      ['合计金额', '￥1,234.5'],
      ['合计税额', '***'],
      ['价税合计', ' -0.005 '],
    ].map(([name, value]) => `<ofd:CustomData Name="${name}">${value}</ofd:CustomData>`);
    const said = entry(NUMBER).replace('</ofd:CustomDatas>', `${data.join('')}</ofd:CustomDatas>`);
    expect(judge(ofdParts({ 'OFD.xml': said })).facts.amounts).toEqual(['1234.50', '-0.01']);
  });
});

describe('F8 · a document sealed twice', () => {
  const twice = () => signed(ofdParts(), { seals: 2 });

  it('is sound though the list of signatures differs from what a seal covers', () => {
    expect(judge(twice())).toMatchObject({ found: 'digests', notes: [] });
  });

  it('is not, once sealed, when the list differs', () => {
    const once = signed(ofdParts(), { seals: 2 });
    const list = String(once[LIST]).replace(/<ofd:Signature ID="2".*?\/>/, '');
    const changed = judge({ ...once, [LIST]: `${list}\n` });
    expect(changed).toMatchObject({ found: 'digest_mismatch', where: LIST });
  });

  it('is not when the page was changed, before the second seal or after', () => {
    const after = { ...twice(), [PAGE]: content(['another']) };
    expect(judge(after)).toMatchObject({ found: 'digest_mismatch', where: PAGE });
    const before = twice();
    const digest = createHash('sm3').update(after[PAGE]).digest('base64');
    const second = 'Doc_0/Signs/Sign_1/Signature.xml';
    const vouching = String(before[second]).replace(
      new RegExp(`(?<=FileRef="/${PAGE}"><ofd:CheckValue>)[^<]+`),
      digest,
    );
    const changed = judge({ ...after, [second]: vouching });
    expect(changed).toMatchObject({ found: 'digest_mismatch', where: PAGE });
  });

  it('may have another entry file, if the later seal covers it', () => {
    const before = twice();
    const entered = `${before['OFD.xml']}\n`;
    const covered = (signature: string) =>
      String(before[signature]).replace(
        /(?<=FileRef="\/OFD.xml"><ofd:CheckValue>)[^<]+/,
        createHash('sm3').update(entered).digest('base64'),
      );
    const changed = { ...before, 'OFD.xml': entered };
    expect(judge(changed)).toMatchObject({ found: 'digest_mismatch', where: 'OFD.xml' });
    // The first seal covers the second's signature in no way, so that this is no forgery in it.
    const [first, second] = [0, 1].map((n) => `Doc_0/Signs/Sign_${n}/Signature.xml`);
    const later = { ...changed, [second ?? '']: covered(second ?? '') };
    expect(judge(later).found).toBe('digests');
    const earlier = { ...changed, [first ?? '']: covered(first ?? '') };
    expect(judge(earlier).found).toBe('digest_mismatch');
  });
});

describe('F10 · parts that are not there', () => {
  const without = (parts: Parts, ...names: string[]) =>
    Object.fromEntries(Object.entries(parts).filter(([name]) => !names.includes(name)));

  it.each([
    'Doc_0/Tpls/Tpl_0/Content.xml',
    'Doc_0/PublicRes.xml',
    'Doc_0/DocumentRes.xml',
    'Doc_0/Res/point.png',
    'Doc_0/Res/specimen.ttf',
    PAGE,
  ])('a page needs %s', (name) => {
    expect(judge(without(ofdParts(), name)).found).toBe('missing_part');
  });

  it.each([
    ['a template', ['Doc_0/Tpls/Tpl_0/Content.xml']],
    ['a picture', ['Doc_0/DocumentRes.xml', 'Doc_0/Res/point.png']],
    ['a font', ['Doc_0/PublicRes.xml', 'Doc_0/Res/specimen.ttf']],
  ])('%s that no page uses', (_, names) => {
    const unused = without(ofdParts({ [PAGE]: content([]) }), ...names);
    expect(judge(unused).found).toBe('structure');
  });

  it('thumbnails, tags, attachments and annotations that are listed only', () => {
    const more =
      '<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>' +
      '<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>' +
      '<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>';
    const root = 'Doc_0/Document.xml';
    const listed = String(ofdParts()[root]).replace('</ofd:Document>', more);
    expect(judge(ofdParts({ [root]: listed })).found).toBe('structure');
  });

  it('an id that no resource has', () => {
    const page = content([], { more: '<ofd:ImageObject ID="60" ResourceID="777"/>' });
    expect(judge(ofdParts({ [PAGE]: page })).found).toBe('structure');
  });

  it('resources that use each other in a circle', () => {
    const unit = (id: number, next: number) =>
      `<ofd:CompositeGraphicUnit ID="${id}"><ofd:Content><ofd:CompositeObject ID="${id + 50}" ` +
      `ResourceID="${next}"/></ofd:Content></ofd:CompositeGraphicUnit>`;
    const units = unit(70, 71) + unit(71, 70);
    const parts = ofdParts({
      'Doc_0/DocumentRes.xml': xml(
        'Res',
        `<ofd:CompositeGraphicUnits>${units}</ofd:CompositeGraphicUnits>`,
      ),
      [PAGE]: content([], { more: '<ofd:CompositeObject ID="60" ResourceID="70"/>' }),
    });
    expect(judge(parts).found).toBe('structure');
  });

  it('parts of the signature alone: readers show the document', () => {
    for (const name of [
      LIST,
      'Doc_0/Signs/Sign_0/Signature.xml',
      'Doc_0/Signs/Sign_0/SignedValue.dat',
    ]) {
      expect(judge(without(signed(ofdParts()), name)).notes, name).toEqual(['repaired']);
    }
  });
});

describe('F12 · digests and signatures', () => {
  const called = (name: string) => signed(ofdParts(), { called: name });

  it.each(['1.2.156.10197.1.401.2', '1.2.3', '__proto__', 'constructor'])('unknown: %s', (name) => {
    const { found, where } = judge(called(name));
    expect(found).toBe('unknown_digest');
    expect(where).toContain(`digest ${name}`);
  });

  it.each(['1.2.156.10197.1.401', '1.2.156.10197.1.401.1', 'SM3', 'sm3'])('SM3 as %s', (name) => {
    expect(judge(called(name)).found).toBe('digests');
  });

  it('unknown, but of parts that another signature covers', () => {
    const parts = signed(ofdParts(), { seals: 2 });
    const second = 'Doc_0/Signs/Sign_1/Signature.xml';
    const unknown = String(parts[second]).replace('1.2.156.10197.1.401"', '1.2.3"');
    // The second covers the first, and that nobody else.
    expect(judge({ ...parts, [second]: unknown }).found).toBe('unknown_digest');
    const only_page = unknown.replace(
      /<ofd:Reference FileRef="\/(?!Doc_0\/Pages).*?<\/ofd:Reference>/g,
      '',
    );
    expect(judge({ ...parts, [second]: only_page }).found).toBe('digests');
  });

  it('an unsigned document rests on its structure, as one whose page is not covered', () => {
    expect(judge(ofdParts()).found).toBe('structure');
    expect(judge(signed(ofdParts(), { uncovered: [PAGE] })).found).toBe('structure');
  });

  it('a known damage outweighs an unknown digest', () => {
    const { [PAGE]: _, ...parts } = called('1.2.3');
    expect(judge(parts).found).toBe('missing_part');
  });
});

describe('F1 · documents of any size', () => {
  it('45 kB, 50 pages of 150 texts', () => {
    const lines = Array.from({ length: 150 }, (_, n) => `${n}`);
    const pages = Array.from(
      { length: 50 },
      (_, n) => [`Doc_0/P/${n}.xml`, content(lines)] as const,
    );
    const listed = pages.map((_, n) => `<ofd:Page ID="${n}" BaseLoc="P/${n}.xml"/>`).join('');
    const root = 'Doc_0/Document.xml';
    const document = String(ofdParts()[root]).replace(/<ofd:Page .*(?=<\/ofd:Pages>)/s, listed);
    const parts = { ...ofdParts({ [root]: document }), ...Object.fromEntries(pages) };
    expect(judge(parts).found).toBe('structure');
  });

  it('one page of 12,000 texts', () => {
    const page = content(Array.from({ length: 12_000 }, (_, n) => `${n}`));
    expect(judge(ofdParts({ [PAGE]: page })).found).toBe('structure');
  });

  it('4,100 parts', () => {
    const more = Array.from({ length: 4_100 }, (_, n) => [`Doc_0/Res/${n}.bin`, 'x'] as const);
    expect(judge({ ...ofdParts(), ...Object.fromEntries(more) }).found).toBe('structure');
  });

  it('more than 200 ms of work is not judged', () => {
    const fonts = { 'Doc_0/Res/a.ttf': Buffer.alloc(40 * 2 ** 20, 'font') };
    expect(judge({ ...ofdParts(), ...fonts }).found).toBe('too_large');
  });
});
