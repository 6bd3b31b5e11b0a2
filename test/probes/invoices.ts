import { type SpecimenInvoice, specimenInvoice } from '../../probes/specimen/index.ts';

/** Some specimen, chosen by the generator. */
export function randomInvoice(random: () => number): SpecimenInvoice {
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const two = (from: number, to: number) =>
    String(from + Math.floor(random() * (to - from + 1))).padStart(2, '0');
  return specimenInvoice(
    `2600${digits(16)}`,
    `2026${two(1, 12)}${two(1, 28)}${two(0, 23)}${two(0, 59)}${two(0, 59)}`,
  );
}
