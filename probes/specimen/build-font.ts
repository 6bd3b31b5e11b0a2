/**
 * Builds font/specimen.ttf: the subset of Noto Sans SC with the characters of the specimens. Needs
 * pyftsubset (Debian package fonttools). Run again when the text of a specimen changes:
 *
 * node probes/specimen/build-font.ts NotoSansSC_400Regular.ttf
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { specimenCharacters } from './characters.ts';

const [source] = process.argv.slice(2);
if (source === undefined) {
  process.stderr.write('build-font.ts: expected the path of NotoSansSC_400Regular.ttf\n');
  process.exit(2);
}

execFileSync('pyftsubset', [
  source,
  `--text=${specimenCharacters()}`,
  `--output-file=${fileURLToPath(new URL('./font/specimen.ttf', import.meta.url))}`,
  '--no-hinting',
  '--layout-features=',
  '--name-IDs=0,1,2,4,6,13,14',
  '--drop-tables+=GDEF,GPOS,GSUB,STAT,BASE,VORG,vhea,vmtx,gasp,DSIG',
]);
