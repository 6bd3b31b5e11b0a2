import { expect, it } from 'vitest';
import { EVENT_LIMITS } from '../../model/event.ts';
import { BELOW, CALLBACK_BLOCKS, SITE, uncommented } from './site-file.ts';

/** The directives of a block, in order, without what the path is. */
function directivesOf(text: string, opening: string): string[] {
  const [, after] = text.split(`${opening} {\n`);
  if (after === undefined) throw new Error(`There is no ${opening}`);
  const lines = after.split('\n');
  const indent = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
  const end = lines.findIndex((line) => line.trim() === '}' && line.indexOf('}') < indent);
  return lines
    .slice(0, end)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

const KEPT_BACK = 'admin|unsubscribe|api/v1|demo|[A-Za-z-]+/(?:subscri|alerts|demo)';

it.each([
  ['location /', 'location ~ ^/status/'],
  [`location ~ ^/(?:${KEPT_BACK})`, `location ~ ^/status/(?:${KEPT_BACK})`],
  ['location = /live', 'location = /status/live'],
  ['location @away', 'location @piaokuang_away'],
])('O6: nginx does at "%s" what it does below a path', (at_root, below) => {
  expect(directivesOf(SITE, at_root).length).toBeGreaterThan(1);
  expect(directivesOf(BELOW, below)).toEqual(directivesOf(SITE, at_root));
});

it('O6: what holds for the whole site holds for all that is below the path', () => {
  const wanted = /^(client_max_body_size|proxy_|error_page)/;
  const [server = ''] = SITE.slice(SITE.indexOf('\nserver {')).split('    location / {');
  const whole = server.split('\n').map((line) => line.trim());
  const below = directivesOf(BELOW, 'location /status/').slice(0, 9);
  expect(below.map((it) => it.replace('@piaokuang_away', '@away'))).toEqual(
    whole.filter((it) => wanted.test(it)),
  );
});

it('what has the address of a callback logs nothing, and the collector says too large', () => {
  const site = CALLBACK_BLOCKS.reduce(uncommented, SITE);
  const [taken, away] = CALLBACK_BLOCKS.map((it) => directivesOf(site, it));
  const plain = site.slice(site.lastIndexOf('\nserver {'));
  const nowhere = ['access_log off;', 'error_log /dev/null;'];
  for (const block of [taken, away, directivesOf(plain, 'location ^~ /ingest/callbacks/')])
    expect(block).toEqual(expect.arrayContaining(nowhere));
  expect(taken).toContain('error_page 502 504 = @callbacks_away;');
  expect(plain).toContain('return 301 https://$host$request_uri;');
  const [, megabytes] = /client_max_body_size (\d+)m/.exec(taken?.join(' ') ?? '') ?? [];
  expect(Number(megabytes) * 1024 * 1024).toBeGreaterThan(EVENT_LIMITS.bytes);
});
