import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Every asset also as .br and .gz, so that serving one costs no compression. */
const preCompress: Plugin = {
  name: 'pre-compress',
  generateBundle(_, bundle) {
    for (const [fileName, output] of Object.entries(bundle)) {
      const source = output.type === 'chunk' ? output.code.trim() : output.source;
      if (source.length === 0 || !/\.(js|css)$/.test(fileName)) continue;
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
      this.emitFile({
        type: 'asset',
        fileName: `${fileName}.br`,
        source: brotliCompressSync(source, quality),
      });
      this.emitFile({
        type: 'asset',
        fileName: `${fileName}.gz`,
        source: gzipSync(source, { level: 9 }),
      });
    }
  },
};

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
      input: {
        page: `${root}main.ts`,
        copy: `${root}copy.ts`,
        style: `${root}style.css`,
        admin: `${root}admin.css`,
      },
    },
  },
});
