import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { SCRIPTS, STYLES } from './entries.ts';

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

/** The entries of one kind, by names that no other kind has. */
function inputs(entries: Record<string, string>, nameOf: (name: string) => string) {
  return Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [nameOf(name), `${root}${file}`]),
  );
}

export default defineConfig({
  root,
  logLevel: 'warn',
  plugins: [preCompress],
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: true,
    manifest: 'manifest.json',
    modulePreload: false,
    target: 'es2022',
    rollupOptions: {
      input: { ...inputs(SCRIPTS, (name) => name), ...inputs(STYLES, (name) => `style-${name}`) },
    },
  },
});
