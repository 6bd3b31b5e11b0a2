import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';

const LIST = 'test/outside/requirements.txt';
const FOLDER = 'node_modules/.cache/python';

/**
 * Python packages that tests use as programs of others, in a folder of this clone. Debian's Python,
 * because its pip is among the programs of tests.
 */
export function pythonPackages(root, run) {
  const folder = join(root, FOLDER);
  return {
    name: 'installing Python packages of tests',
    proof: join(folder, 'prometheus_client'),
    stamp: join(folder, '.piaokuang-list'),
    state: fingerprint(root, [LIST]),
    make() {
      rmSync(folder, { recursive: true, force: true });
      const quietly = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore'];
      // The list is complete; a wheel runs no code of its own.
      const as_listed = ['--no-deps', '--only-binary=:all:', '--requirement', join(root, LIST)];
      const how = [...quietly, '--target', folder, ...as_listed];
      run('/usr/bin/python3', ['-m', 'pip', 'install', ...how]);
    },
  };
}
