import { type OddServer, TITLE } from '../odd-server.ts';
import { html, pathOf, reply } from '../reply.ts';

const any = {};
const SHELL = `<!doctype html><html><head><meta charset=utf-8><title>${TITLE}</title></head>
<body><noscript>We're sorry but this app doesn't work without JavaScript.</noscript>
<div id=app></div><script type=module src=/app.js></script></body></html>`;

/** Pages that are little without what they load. */
export const SHELLS: readonly OddServer[] = [
  { id: 'shell', about: 'is a shell for scripts with a title', serves: reply({ body: SHELL }) },
  {
    id: 'shell-any',
    about: 'is a shell for scripts, and nothing is expected',
    options: any,
    serves: reply({ body: SHELL }),
    judged: { outcome: 'ok', because: 'it has elements' },
    notes: ['answered_only'],
  },
  {
    id: 'shell-script-title',
    about: 'is a shell whose title its script sets',
    serves: (request) =>
      pathOf(request) === '/app.js'
        ? reply({ head: ['Content-Type: text/javascript'], body: `document.title='${TITLE}'` })
        : reply({ body: '<html><title></title><div id=app></div><script src=/app.js></script>' }),
  },
  {
    id: 'form-sent-by-script',
    cases: 'R2',
    about: 'sends visitors on by a form that a script posts, as a SAML sign-on does',
    serves: (request) =>
      request.startsWith('POST')
        ? reply()
        : reply({
            body: `<html><body onload="document.forms[0].submit()"><form method=post action=/acs>
<input type=hidden name=SAMLResponse value=PHNhbWw+></form></body></html>`,
          }),
  },
  {
    id: 'frameset',
    about: 'is a set of frames with a title',
    serves: (request) =>
      reply({
        body:
          pathOf(request) === '/'
            ? `<html><head><title>${TITLE}</title></head><frameset rows="60,*">
<frame src=/top><frame src=/main><noframes>no frames</noframes></frameset></html>`
            : html('框架'),
      }),
  },
  {
    id: 'frameset-any',
    about: 'is a set of frames, and nothing is expected',
    options: any,
    serves: (request) =>
      reply({
        body: pathOf(request) === '/' ? '<frameset rows="*"><frame src=/a></frameset>' : html(),
      }),
    judged: { outcome: 'ok', because: 'it has elements' },
    notes: ['answered_only'],
  },
  {
    id: 'iframe',
    about: 'has its page in an iframe and a title',
    serves: (request) =>
      reply({
        body:
          pathOf(request) === '/'
            ? `<html><title>${TITLE}</title><iframe src=/in></iframe></html>`
            : html('内页'),
      }),
  },
  {
    id: 'image-page',
    about: 'is a page of images with a title',
    serves: reply({ body: `<html><title>${TITLE}</title><img src=/a.png alt="发票"></html>` }),
  },
];
