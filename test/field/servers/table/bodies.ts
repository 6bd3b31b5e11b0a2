import { type OddServer, TITLE } from '../odd-server.ts';
import { html, OK, raw, reply, UTF8 } from '../reply.ts';

const any = {};
const unexpected = (because: string) => ({ outcome: 'system', because }) as const;

/** Bodies that are no page, and pages that say that they are not well. */
export const BODIES: readonly OddServer[] = [
  {
    id: 'empty',
    cases: 'W15',
    about: 'answers 200 with nothing',
    options: any,
    serves: reply({ body: '' }),
    judged: { outcome: 'system', reason: 'empty_page', because: 'there is nothing to see' },
  },
  {
    id: 'empty-no-length',
    cases: 'W15',
    about: 'answers 200 and closes',
    options: any,
    serves: raw([OK, UTF8], ''),
    judged: { outcome: 'system', reason: 'empty_page', because: 'there is nothing to see' },
  },
  {
    id: 'blank-body',
    cases: 'W15',
    about: 'answers 200 with blank lines',
    options: any,
    serves: reply({ body: ' \r\n\r\n\t' }),
    judged: { outcome: 'system', reason: 'empty_page', because: 'there is nothing to see' },
  },
  {
    id: 'bom-body',
    cases: 'W15',
    about: 'answers 200 with a byte order mark',
    options: any,
    serves: reply({ body: '\ufeff' }),
    judged: { outcome: 'system', reason: 'empty_page', because: 'there is nothing to see' },
  },
  {
    id: 'json-error',
    cases: 'W15',
    about: 'answers 200 with {"code":500}',
    options: any,
    serves: reply({ head: ['Content-Type: application/json'], body: '{"code":500}' }),
    judged: unexpected('no element, nothing recognised'),
  },
  {
    id: 'json-as-html',
    cases: 'W15',
    about: 'answers 200 with {"code":500} as a page',
    options: any,
    serves: reply({ body: '{"code":500,"msg":"系统繁忙"}' }),
    judged: unexpected('no element, nothing recognised'),
  },
  {
    id: 'text-error',
    cases: 'W15',
    about: 'answers 200 with a line of text',
    options: any,
    serves: reply({ body: 'Error establishing a database connection' }),
    judged: unexpected('no element, nothing recognised'),
  },
  {
    id: 'no-content',
    about: 'answers 204',
    options: any,
    serves: raw(['HTTP/1.1 204 No Content'], ''),
    judged: unexpected('the status is not expected'),
  },
  {
    id: 'no-content-body',
    about: 'answers 204 with a body',
    serves: reply({ status: '204 No Content' }),
    judged: unexpected('the status is not expected'),
  },
  {
    id: 'not-modified',
    about: 'answers 304 unasked',
    serves: raw(['HTTP/1.1 304 Not Modified'], ''),
    judged: unexpected('the status is not expected'),
  },
  {
    id: 'image',
    about: 'answers with an image',
    serves: reply({
      head: ['Content-Type: image/gif'],
      body: Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64'),
    }),
    judged: unexpected('no page, no title'),
  },
  {
    id: 'xml',
    about: 'answers with XML',
    serves: reply({ head: ['Content-Type: text/xml'], body: '<error>500</error>' }),
    judged: unexpected('no title'),
  },
  {
    id: 'directory',
    about: 'lists a directory',
    serves: reply({ body: html('Index of /') }),
    judged: unexpected('another title'),
  },
  {
    id: 'default-page',
    about: 'shows the page of a fresh nginx',
    serves: reply({ body: html('Welcome to nginx!') }),
    judged: unexpected('another title'),
  },
  {
    id: 'captive-portal',
    about: 'shows the sign-in of a network',
    serves: reply({ body: html('上网认证') }),
    judged: unexpected('another title'),
  },
  {
    id: 'any-page',
    about: 'has a page, of which nothing is expected',
    options: any,
    serves: reply(),
    judged: { outcome: 'ok', because: 'it answered' },
    notes: ['answered_only'],
  },
  {
    id: 'any-page-expected',
    about: 'has a page with the expected title',
    options: { title: TITLE },
    serves: reply(),
    notes: [],
  },
];
