import type { Figure } from './figure.ts';

/** One file of this folder: what it measures. */
export interface Benchmark {
  name: string;
  /** What is measured and how, for the reader of the results. */
  about: string;
  run(): Promise<Figure[]>;
}
