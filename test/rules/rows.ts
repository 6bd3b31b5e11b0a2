import { ALERTS } from './alerts.ts';
import { CHECKS } from './checks.ts';
import { CLOCK } from './clock.ts';
import { COMPONENTS } from './components.ts';
import { CONFIRMATIONS } from './confirmations.ts';
import { EXPIRY } from './expiry.ts';
import { FAMILIES } from './families.ts';
import { FIGURES } from './figures.ts';
import { GATHERED } from './gathered.ts';
import { HELD } from './held.ts';
import { INCIDENTS } from './incidents.ts';
import { KEPT } from './kept.ts';
import { LEDGER } from './ledger.ts';
import { MAINTENANCES } from './maintenances.ts';
import { NEEDS } from './needs.ts';
import { OWN_TRAFFIC } from './own-traffic.ts';
import { PAGES } from './pages.ts';
import { PROOF } from './proof.ts';
import { RESULTS } from './results.ts';
import type { Row } from './row.ts';
import { SHARES } from './shares.ts';
import { SLOTS } from './slots.ts';
import { STEPS } from './steps.ts';
import { SYNCS } from './syncs.ts';
import { THREADS } from './threads.ts';
import { USUAL } from './usual.ts';

/** Every worked example of the rules of docs/judging.md. */
export const ROWS: readonly Row[] = [
  ...PROOF,
  ...GATHERED,
  ...FAMILIES,
  ...HELD,
  ...RESULTS,
  ...NEEDS,
  ...PAGES,
  ...CHECKS,
  ...CONFIRMATIONS,
  ...SLOTS,
  ...SHARES,
  ...COMPONENTS,
  ...OWN_TRAFFIC,
  ...USUAL,
  ...INCIDENTS,
  ...MAINTENANCES,
  ...SYNCS,
  ...ALERTS,
  ...EXPIRY,
  ...CLOCK,
  ...STEPS,
  ...THREADS,
  ...KEPT,
  ...LEDGER,
  ...FIGURES,
];
