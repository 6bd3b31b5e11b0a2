import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin } from 'vite';
import { EMBED, SCRIPTS, STYLES } from './entries.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * Precompresses every asset as .br and .gz. Reads the written files, because the chunk loading code
 * is inserted last.
 */
const preCompress: Plugin = {
  name: 'pre-compress',
  async writeBundle({ dir = '' }, bundle) {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    for (const file of Object.keys(bundle).map((name) => join(dir, name))) {
      if (!/\.(js|css)$/.test(file)) continue;
      const source = await readFile(file);
      await writeFile(`${file}.br`, brotliCompressSync(source, quality));
      await writeFile(`${file}.gz`, gzipSync(source, { level: 9 }));
    }
  },
};

/** No script has styles of its own that must be there before it: it only needs to be loaded. */
const loadOnly: Plugin = {
  name: 'load-only',
  enforce: 'pre',
  load: (id) =>
    id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null,
};

const TARGET = 'es2022';

/** Builds the element for other sites apart, so that it shares no file with the page. */
function embedPlugin(): Plugin {
  let outDir = '';
  return {
    name: 'embed',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async closeBundle() {
      await build({
        root,
        configFile: false,
        logLevel: 'warn',
        plugins: [preCompress],
        // Not Lit for development, whatever NODE_ENV says.
        resolve: { conditions: ['module', 'browser', 'production'] },
        build: {
          outDir,
          emptyOutDir: false,
          modulePreload: false,
          target: TARGET,
          rollupOptions: {
            input: `${root}${EMBED.source}`,
            output: { entryFileNames: EMBED.file, codeSplitting: false },
          },
        },
      });
    },
  };
}

/** The entries of one kind, by names that no other kind has. */
function inputs(entries: Record<string, string>, nameOf: (name: string) => string) {
  return Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [nameOf(name), `${root}${file}`]),
  );
}

export default defineConfig({
  root,
  logLevel: 'warn',
  plugins: [loadOnly, preCompress, embedPlugin()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: false,
    target: TARGET,
    rollupOptions: {
      input: { ...inputs(SCRIPTS, (name) => name), ...inputs(STYLES, (name) => `style-${name}`) },
    },
  },
});
