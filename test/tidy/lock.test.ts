import { expect, it } from 'vitest';
import { read } from './repository.ts';

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
}
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(read('package-lock.json'));

it('locks every optional dependency, so that npm ci works on every platform', () => {
  const locked = Object.keys(lock.packages);
  const missing = Object.entries(lock.packages).flatMap(([holder, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)))
      .map((name) => `${holder} wants ${name}`),
  );
  expect(missing).toEqual([]);
});

it('pins every direct dependency to one version', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json'));
  const versions = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(
    versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version))),
  ).toEqual([]);
});
