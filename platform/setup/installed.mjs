/**
 * Notes, after `npm ci` by whomever, from which lock the dependencies were installed, so that a
 * start does not do it again. Plain JavaScript for the installed Node, as setup.mjs.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fingerprint, lockIn } from './fingerprint.mjs';

const ROOT = join(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..');

const modules = join(ROOT, 'node_modules');
if (existsSync(modules))
  writeFileSync(join(modules, '.piaokuang-lock'), fingerprint(ROOT, [lockIn(ROOT)]));
