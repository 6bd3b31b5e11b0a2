import { readFile } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { ANY_ORIGIN, IMMUTABLE } from '../../http/headers.ts';
import type { AssetPaths } from '../kit/documents.ts';
import { EMBED, SCRIPTS, STYLES } from '../web/entries.ts';
import { type Prepared, prepare, prepareEncoded } from './prepared.ts';

/** Prerendered assets of the page, by path. */
export interface Assets {
  paths: AssetPaths;
  prepared: ReadonlyMap<string, Prepared>;
}

const MANIFEST = z.record(z.string(), z.object({ file: z.string() }));

const TYPES = {
  script: 'text/javascript; charset=utf-8',
  style: 'text/css; charset=utf-8',
};

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">' +
  '<rect width="16" height="16" rx="3" fill="#1f4e8c"/>' +
  '<path d="M3 10.5l2.5-4 2.5 3 2-2.5 3 4.5" fill="none" stroke="#fff" stroke-width="1.7" ' +
  'stroke-linecap="round" stroke-linejoin="round"/></svg>';

/** The web part was not built, or from other sources than these; a restart does not mend that. */
export class WebPartStale extends Error {
  override name = 'WebPartStale';
  constructor(directory: string, what: string, options?: ErrorOptions) {
    super(
      `The web part of the page in ${directory} does not fit this version (${what}); build it ` +
        'by npm start, or by node platform/setup/setup.mjs.',
      options,
    );
  }
}

/**
 * Reads what Vite built into `directory`, compressed there already.
 * @throws {WebPartStale} when it is missing, incomplete or of another version
 */
export async function loadAssets(directory: string, base_path = ''): Promise<Assets> {
  try {
    return await readAssets(directory, base_path);
  } catch (error) {
    if (error instanceof WebPartStale) throw error;
    const { code, path } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? `${path} is missing` : 'its manifest cannot be read';
    throw new WebPartStale(directory, what, { cause: error });
  }
}

async function readAssets(directory: string, base_path: string): Promise<Assets> {
  const manifest = MANIFEST.parse(
    JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')),
  );
  const fileOf = (source: string) => {
    const file = manifest[source]?.file;
    if (file) return file;
    throw new WebPartStale(directory, `its manifest does not name ${source}`);
  };
  const pathsOf = <Name extends string>(entries: Record<Name, string>) =>
    Object.fromEntries(
      Object.entries<string>(entries).map(([name, source]) => [name, `/${fileOf(source)}`]),
    ) as Record<Name, string>;
  // The messages of a language are a separate file, loaded by the script.
  const files = await Promise.all(
    Object.values(manifest).map(
      async ({ file }) => [`/${file}`, await readAsset(join(directory, file), KEPT)] as const,
    ),
  );
  return {
    paths: { scripts: pathsOf(SCRIPTS), styles: pathsOf(STYLES) },
    prepared: new Map([...files, await readEmbed(directory), ...(await fixedFiles(base_path))]),
  };
}

/** Standard files at fixed paths; crawlers read robots.txt only at the root of a host. */
export async function fixedFiles(base_path = ''): Promise<(readonly [path: string, Prepared])[]> {
  const disallowed = ['/demo/', '/admin'].map((path) => `Disallow: ${base_path}${path}\n`);
  const robots = `User-agent: *\n${disallowed.join('')}`;
  return [
    ['/favicon.svg', await prepareDaily(ICON, 'image/svg+xml')],
    ['/robots.txt', await prepareDaily(robots, 'text/plain; charset=utf-8')],
  ];
}

/** At a fixed address on pages of other sites, hence soon asked for again. */
const EMBED_HEADERS = {
  ...ANY_ORIGIN,
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'public, max-age=300',
};

async function readEmbed(directory: string): Promise<readonly [path: string, Prepared]> {
  return [`/${EMBED.file}`, await readAsset(join(directory, EMBED.file), EMBED_HEADERS)];
}

const KEPT = { 'cache-control': IMMUTABLE };

async function readAsset(file: string, headers: OutgoingHttpHeaders): Promise<Prepared> {
  const content_type = file.endsWith('.css') ? TYPES.style : TYPES.script;
  const [identity, br, gzip] = await Promise.all([
    readFile(file),
    readFile(`${file}.br`),
    readFile(`${file}.gz`),
  ]);
  return prepareEncoded(file, { identity, br, gzip }, { 'content-type': content_type, ...headers });
}

/** For fixed paths whose content rarely changes. */
function prepareDaily(body: string, content_type: string): Promise<Prepared> {
  return prepare(body, { 'content-type': content_type, 'cache-control': 'public, max-age=86400' });
}
