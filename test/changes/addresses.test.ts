import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../model/time.ts';
import { type ScratchCopy, scratchCopy } from '../scratch-copy.ts';
import { beyondTable } from './table.ts';

/** A new page, a new page of the administration and a new resource: each one file and one row. */

const PAGE = `
import { html } from 'lit';
import { answerArticle } from '../../kit/answer.ts';
import type { PageContext } from '../../kit/page-context.ts';
import type { Handlers } from '../../kit/route.ts';
import type { PublicWing } from './wing.ts';

/** How many functions are measured. */
export function measuredHandlers({ configuration }: PublicWing): Handlers {
  return {
    GET: (c: PageContext) => {
      const { words } = c.var;
      const title = words.text('state.operational');
      const body = html\`<h1>\${title}</h1><p>\${configuration.checks.length}</p>\`;
      return answerArticle(c, { title, description: title, path: 'measured', body });
    },
  };
}
`;

const ADMIN_PAGE = `
import { html } from 'lit';
import type { Handlers } from '../../kit/route.ts';
import type { AdminContext } from '../context.ts';
import { answerAdmin } from './answer.ts';
import type { AdminWing } from './wing.ts';

/** Which systems there are. */
export function systemsHandlers({ groups }: AdminWing): Handlers {
  return {
    GET: (c: AdminContext) => {
      const { words } = c.var;
      const names = groups.map((it) => html\`<li>\${words.name(it.system_name)}</li>\`);
      const title = words.text('state.operational');
      return answerAdmin(c, { title, path: 'systems', main: html\`<ul>\${names}</ul>\` });
    },
  };
}
`;

const RESOURCE = `
import { createRoute, z } from '@hono/zod-openapi';
import { problems } from '../../kit/described.ts';
import type { Handlers } from '../../kit/route.ts';
import { resourceHandlers } from './resource.ts';
import type { ApiWing } from './wing.ts';

const answer = z.object({ lines: z.array(z.string()), language: z.string() });

const listLines = createRoute({
  method: 'get',
  operationId: 'listLines',
  path: '/',
  summary: 'Where we measure from',
  security: [{ token: [] }],
  responses: {
    200: { description: 'Ids', content: { 'application/json': { schema: answer } } },
    ...problems(401, 429, 500, 503),
  },
});

export function linesHandlers(wing: ApiWing, path: string): Handlers {
  const resource = wing.newResource(path);
  const lines = wing.configuration.lines.map(({ id }) => id);
  resource.openapi(listLines, (c) => c.json({ lines, language: c.var.words.locale }, 200));
  return resourceHandlers(resource);
}
`;

interface Addition {
  what: string;
  file: string;
  text: string;
  handlers: string;
  wing: string;
  row: string;
  documented: string;
}

const ADDITIONS: readonly Addition[] = [
  {
    what: 'a page',
    file: 'public/pages/measured.ts',
    text: PAGE,
    handlers: 'measuredHandlers',
    wing: 'public',
    row: "['/:lang/measured', READ, 'page', measuredHandlers],",
    documented: '| `/{language}/measured` | `GET` | how many functions are measured |',
  },
  {
    what: 'an admin page',
    file: 'admin/pages/systems.ts',
    text: ADMIN_PAGE,
    handlers: 'systemsHandlers',
    wing: 'admin',
    row: "['/admin/:lang/systems', READ, 'page', systemsHandlers],",
    documented: '| `/admin/{language}/systems` | `GET` | which systems there are |',
  },
  {
    what: 'an API resource',
    file: 'api/v1/lines.ts',
    text: RESOURCE,
    handlers: 'linesHandlers',
    wing: 'api/v1',
    row: "['/api/v1/lines', READ, 'api', linesHandlers],",
    documented: '| `/api/v1/lines` | `GET` | where we measure from |',
  },
];

const ROUTES = 'status-page/routes.ts';

function add(copy: ScratchCopy, { file, text, handlers, wing, row }: Addition): void {
  copy.write(`status-page/${file}`, text);
  const first_import = "import type { Method } from '../http/methods.ts';\n";
  copy.edit(ROUTES, first_import, `${first_import}import { ${handlers} } from './${file}';\n`);
  const rows = `  ...wing('${wing}', [\n`;
  copy.edit(ROUTES, rows, `${rows}    ${row}\n`);
}

let copy: ScratchCopy;
beforeAll(() => {
  copy = scratchCopy();
});
afterAll(() => copy.remove());

test.each(ADDITIONS)('$what is one file and one row', (addition) => {
  add(copy, addition);
  expect(beyondTable(copy, 'a page, an admin page, an API resource')).toEqual([]);
  expect(copy.touched()).toEqual([`status-page/${addition.file}`, ROUTES].toSorted());
  copy.undo();
  expect(copy.touched()).toEqual([]);
});

interface Answered {
  status: number;
  text: string;
  allow: string | null;
}
/** As a stranger, with the token, signed in, and by a method that the row does not name. */
type Answers = [Answered, Answered, Answered, Answered];

describe('all three', () => {
  beforeAll(() => {
    for (const addition of ADDITIONS) add(copy, addition);
  });

  test(
    'are served, guarded and described without more',
    async () => {
      const paths = ['/zh-CN/measured', '/admin/en/systems', '/api/v1/lines', '/api/openapi.json'];
      const asked = await copy.run('node', 'test/changes/ask-addresses.ts', ...paths);
      if (!asked.stdout.startsWith('[')) throw new Error(asked.all);
      const [page, admin, api, description] = JSON.parse(asked.stdout) as [
        Answers,
        Answers,
        Answers,
        Answers,
      ];
      expect(page[0]).toMatchObject({ status: 200, text: expect.stringContaining('<p>6</p>') });
      expect(page[0].text).toContain('href="/en/measured"');
      expect(page[3]).toMatchObject({ status: 405, allow: 'GET, HEAD' });
      expect(admin[0].status).toBe(303);
      expect(admin[2]).toMatchObject({
        status: 200,
        text: expect.stringContaining('<li>Beijing e-invoices (simulated)</li>'),
      });
      expect(api[0].status).toBe(401);
      expect(api[1]).toMatchObject({ status: 200, text: '{"lines":["local"],"language":"zh-CN"}' });
      expect(JSON.parse(description[0].text).paths['/api/v1/lines'].get).toMatchObject({
        summary: 'Where we measure from',
      });
    },
    2 * MINUTE,
  );

  test(
    'are sound, and the walk of all addresses finds them once they are documented',
    async () => {
      expect(await copy.checkTypes()).toMatchObject({ code: 0, all: '' });
      const walk = ['vitest', 'run', '--project', 'unit', 'test/status-page/routes.test.ts'];
      const [vitest = '', ...args] = walk;
      const missed = await copy.run(vitest, ...args, '-t', 'is the one of docs/status-page.md');
      expect(missed).toMatchObject({ code: 1, all: expect.stringContaining('/api/v1/lines') });
      const first = '| `/` | `GET` |';
      const documented = ADDITIONS.map((it) => `${it.documented}\n`).join('');
      copy.edit('docs/status-page.md', first, documented + first);
      const added = '(measured|systems|lines) answers what its row says';
      const walked = await copy.run(vitest, ...args, '-t', added, '--reporter=verbose');
      expect(walked).toMatchObject({ code: 0 });
      for (const path of ['/:lang/measured', '/admin/:lang/systems', '/api/v1/lines'])
        expect(walked.all).toContain(`${path} answers what its row says`);
    },
    5 * MINUTE,
  );
});
