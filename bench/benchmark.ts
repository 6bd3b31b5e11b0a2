import type { Figure } from './figure.ts';

/** One file of this folder: what it measures. */
export interface Benchmark {
  name: string;
  /** Description of the measurement, for the results. */
  about: string;
  run(): Promise<Figure[]>;
}
