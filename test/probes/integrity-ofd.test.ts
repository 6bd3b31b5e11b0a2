import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../probes/integrity/shared/zip.ts';
import { specimenFile, specimenInvoice } from '../../probes/specimen/index.ts';
import { zip, zipPart } from '../../probes/specimen/zip.ts';
import { inspection } from './inspection.ts';
import { rawZip } from './raw-zip.ts';

const NUMBER = '26001234567890123456';
const ISSUED = '20260925120000';
const SPECIMEN = specimenFile('ofd', specimenInvoice(NUMBER, ISSUED));
const SOUND = { found: 'sound', where: null };

function check(bytes: Uint8Array, number = NUMBER) {
  const { found, where } = inspection({
    format: 'ofd',
    bytes,
    content_length: null,
    expected: { number },
  });
  return { found, where };
}

type Parts = Record<string, string>;

/** A minimal document: entrance, root, page, signature over the page. */
function minimal(changes: Parts = {}): Parts {
  const page = '<Page><Content/></Page>';
  return {
    'OFD.xml':
      '<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot>' +
      '<Signatures>/Doc_0/Signs/Signatures.xml</Signatures></DocBody></OFD>',
    'Doc_0/Document.xml':
      '<Document><Pages><Page ID="1" BaseLoc="Pages/Page_0.xml"/></Pages></Document>',
    'Doc_0/Pages/Page_0.xml': page,
    'Doc_0/Signs/Signatures.xml': '<Signatures><Signature BaseLoc="Signature.xml"/></Signatures>',
    'Doc_0/Signs/Signature.xml': signature('sm3', '1.2.156.10197.1.401', '/Doc_0/Pages/Page_0.xml'),
    ...changes,
  };

  function signature(algorithm: string, method: string, reference: string): string {
    const digest = createHash(algorithm).update(page).digest('base64');
    return signatureXml(`CheckMethod="${method}"`, reference, digest);
  }
}

function signatureXml(method: string, reference: string, digest: string): string {
  return (
    `<Signature><SignedInfo><References ${method}><Reference FileRef="${reference}">` +
    `<CheckValue>${digest}</CheckValue></Reference></References></SignedInfo></Signature>`
  );
}

function pack(parts: Parts): Uint8Array {
  return zip(
    Object.entries(parts).map(([name, content]) => zipPart(name, content)),
    ISSUED,
  );
}

function pageDigest(algorithm: string): string {
  return createHash(algorithm).update('<Page><Content/></Page>').digest('base64');
}

describe('sound variations', () => {
  it('the minimal document', () => {
    expect(check(pack(minimal()))).toEqual(SOUND);
  });

  it.each([
    '/Doc_0/Pages/Page_0.xml',
    '../Pages/Page_0.xml',
    'Doc_0/Pages/Page_0.xml',
    'Pages/Page_0.xml',
  ])('a reference written %s', (reference) => {
    const signature = signatureXml('CheckMethod="SM3"', reference, pageDigest('sm3'));
    expect(check(pack(minimal({ 'Doc_0/Signs/Signature.xml': signature })))).toEqual(SOUND);
  });

  it.each([
    ['', 'md5'],
    ['CheckMethod="MD5"', 'md5'],
    ['CheckMethod="SHA1"', 'sha1'],
    ['CheckMethod="2.16.840.1.101.3.4.2.1"', 'sha256'],
  ])('digests by "%s"', (method, algorithm) => {
    const written = (digest: string) =>
      check(
        pack(
          minimal({
            'Doc_0/Signs/Signature.xml': signatureXml(method, '/Doc_0/Pages/Page_0.xml', digest),
          }),
        ),
      );
    expect(written(pageDigest(algorithm))).toEqual(SOUND);
    expect(written(pageDigest('sha512'))).toEqual({
      found: 'digest_mismatch',
      where: 'Doc_0/Pages/Page_0.xml',
    });
  });

  it('no signature', () => {
    const unsigned = '<OFD><DocBody><DocRoot>/Doc_0/Document.xml</DocRoot></DocBody></OFD>';
    expect(check(pack(minimal({ 'OFD.xml': unsigned })))).toEqual(SOUND);
  });

  it('another numbering than 20 digits in the document data', () => {
    const old = minimal()['OFD.xml']?.replace(
      '<DocBody>',
      '<DocBody><DocInfo><CustomDatas>' +
        '<CustomData Name="发票号码">12345678</CustomData></CustomDatas></DocInfo>',
    );
    expect(check(pack(minimal({ 'OFD.xml': old ?? '' })))).toEqual(SOUND);
  });

  it.each([
    ['stored entries', { stored: true }],
    ['data descriptors', { descriptors: true }],
    ['an archive comment', { comment: 'by some writer' }],
    ['folders as entries', { folders: ['Doc_0/', 'Doc_0/Pages/'] }],
    [
      'backslashes and a leading slash',
      { rename: (name: string) => `\\${name.replaceAll('/', '\\')}` },
    ],
  ])('%s', (_, options) => {
    expect(check(rawZip(minimal(), options))).toEqual(SOUND);
  });
});

describe('faults', () => {
  it('a page that is no XML, if no digest vouches for it', () => {
    const parts = minimal({
      'OFD.xml': '<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>',
      'Doc_0/Pages/Page_0.xml': '<Page><Content></Page>',
    });
    expect(check(pack(parts))).toEqual({
      found: 'not_well_formed',
      where: 'Doc_0/Pages/Page_0.xml: line 1',
    });
  });

  it.each([
    ['OFD.xml', 'OFD.xml'],
    ['Doc_0/Document.xml', 'Doc_0/Document.xml'],
    ['Doc_0/Pages/Page_0.xml', '/Doc_0/Pages/Page_0.xml'],
  ])('without %s', (name, where) => {
    const parts = minimal();
    delete parts[name];
    expect(check(pack(parts))).toEqual({ found: 'missing_part', where });
  });

  it.each([
    ['no page', { 'Doc_0/Document.xml': '<Document/>' }, 'Doc_0/Document.xml: no page'],
    ['no document', { 'OFD.xml': '<OFD/>' }, 'OFD.xml: DocBody'],
    ['no location', { 'OFD.xml': '<OFD><DocBody/></OFD>' }, 'OFD.xml: DocRoot without a location'],
  ])('%s', (_, changes, where) => {
    expect(check(pack(minimal(changes)))).toEqual({ found: 'structure', where });
  });

  it('a part that ends early: the archive is whole, so it was written that way', () => {
    expect(check(pack(minimal({ 'Doc_0/Document.xml': '<Document><Pages>' })))).toEqual({
      found: 'not_well_formed',
      where: 'Doc_0/Document.xml: line 1',
    });
  });

  it('the wrong invoice', () => {
    expect(check(SPECIMEN, '26009999999999999999')).toEqual({
      found: 'number_mismatch',
      where: 'OFD.xml: 发票号码',
    });
  });
});

describe('hostile archives', () => {
  it('a bomb that says how large it is', () => {
    const bomb = deflateRawSync(Buffer.alloc(100 * 1024 * 1024));
    const bytes = rawZip({ 'OFD.xml': 'x' }, { deflated: bomb, claimedSize: 100 * 1024 * 1024 });
    expect(check(bytes)).toEqual({ found: 'too_large', where: 'OFD.xml' });
  });

  it('a bomb that lies about its size inflates no further than a file may', () => {
    const bomb = deflateRawSync(Buffer.alloc(40 * 1024 * 1024));
    const bytes = rawZip({ 'OFD.xml': 'x' }, { deflated: bomb, claimedSize: 10 });
    expect(check(bytes)).toEqual({ found: 'too_large', where: 'OFD.xml' });
  });

  it('many entries that share one piece of data', () => {
    const names = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`a${index}`, 'x'.repeat(1000)]),
    );
    // As a stream it is one file.
    const archive = rawZip(names, { stored: true, overlap: true });
    expect([...readZip(archive).entries.keys()]).toEqual(['a0']);
    expect(check(archive)).toEqual({ found: 'missing_part', where: 'OFD.xml' });
  });

  it('one large part referenced very often is digested once', () => {
    const reference = '<Reference FileRef="/big"><CheckValue>AA==</CheckValue></Reference>';
    const big = 'x'.repeat(4 * 1024 * 1024);
    const digest = createHash('sm3').update(big).digest('base64');
    const references = reference.replace('AA==', digest).repeat(20_000);
    const signed = `<References CheckMethod="SM3">${references}</References>`;
    const parts = minimal({
      big,
      'Doc_0/Signs/Signature.xml': `<Signature>${signed}</Signature>`,
    });
    expect(check(pack(parts))).toEqual(SOUND);
  });

  it('names no invoice number and no control character in its answer', () => {
    const parts = minimal();
    delete parts['Doc_0/Document.xml'];
    parts['OFD.xml'] =
      `<OFD><DocBody><DocRoot>${NUMBER}\n${'long'.repeat(200)}</DocRoot></DocBody></OFD>`;
    const { where } = check(pack(parts));
    expect(where).toMatch(/^…\?(long)+/);
    expect(where?.length).toBeLessThanOrEqual(120);
  });
});

describe('readZip', () => {
  it('reads what zip wrote', () => {
    const parts = [zipPart('发票/一.xml', '样张'), zipPart('empty', '')];
    const { entries } = readZip(zip(parts, ISSUED));
    expect([...entries.keys()]).toEqual(['发票/一.xml', 'empty']);
    expect(Buffer.from(entries.get('发票/一.xml')?.bytes ?? []).toString()).toBe('样张');
  });

  it('reads names in GB 18030', () => {
    const name = Buffer.from('d1f9d5c5', 'hex').toString('latin1');
    const { entries } = readZip(rawZip({ [name]: 'x' }, {}));
    expect([...entries.keys()]).toEqual(['样张']);
  });
});
