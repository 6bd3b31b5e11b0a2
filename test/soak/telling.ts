import { neverStruck, wordsOf } from '../process/injuring/injuries.ts';
import { TELLING_PAIRS } from '../process/telling/places.ts';
import { runTellingMatrix, type TellingReport } from '../process/telling/telling-matrix.ts';
import { countOf, type SoakPart } from './part.ts';
import { sideBySide } from './side-by-side.ts';

const ROUNDS = Number(process.env.KILLS ?? 1_000);
/** Notifiers side by side, each with rounds and receivers of its own: they mostly wait. */
const AT_ONCE = 5;
const PROMPT_MS = 2_000;

export const telling: SoakPart = {
  name: 'telling',
  about:
    `The notifier is killed, stopped or left without disk ${ROUNDS} times, at every named step ` +
    'between a notice and what becomes of it in turn, while a mail server and hosts of webhooks ' +
    'defer, throttle, hang, refuse and are slow by turns; they remember what they got.',

  async run(seed) {
    const share = Math.ceil(ROUNDS / AT_ONCE);
    const seeds = Array.from({ length: Math.min(AT_ONCE, ROUNDS) }, (_, n) => seed + n);
    const run = (own: number) => runTellingMatrix(share, own);
    const reports = await sideBySide({ seeds, run, wrongIn });
    const struck = reports.flatMap((it) => it.struck);
    const never = neverStruck(TELLING_PAIRS, struck);
    const refusal = reports.find((it) => it.disk_refusal !== null)?.disk_refusal;
    const sum = (value: (it: TellingReport) => number) =>
      reports.reduce((total, it) => total + value(it), 0);
    const figure = countOf(struck.length);
    const by = (action: string) => struck.filter((injury) => injury.action === action).length;
    const full = `left without disk${refusal ? ` (none could be mounted: ${refusal})` : ''}`;
    const none = { at_most: 0 };
    return [
      countOf(seeds.length)('broken off', seeds.length - reports.length, none),
      figure('killed at a named step', by('kill'), null),
      figure('stopped at a named step', by('stop'), null),
      figure(`${full} at a named step`, by('full'), null),
      figure(
        'waited in vain for a named step',
        sum((it) => it.in_vain.length),
        null,
      ),
      figure('places × actions', TELLING_PAIRS.length, null),
      figure('places × actions never struck', never.length, none),
      ...never.map((pair) => figure(`never struck: ${wordsOf(pair)}`, 1, null)),
      figure(
        'notices written',
        sum((it) => it.notices),
        null,
      ),
      figure(
        'strangers who never confirmed',
        sum((it) => it.strangers),
        { at_least: 20 },
      ),
      figure(
        'matters × receivers to be told',
        sum((it) => it.expected),
        {
          at_least: 30 * ROUNDS,
        },
      ),
      figure(
        'missed',
        sum((it) => it.missed.length),
        none,
      ),
      figure('told out of order, or of an end without its beginning', sum(disordered), none),
      figure(
        'told again under another id',
        sum((it) => it.repeated_otherwise.length),
        none,
      ),
      figure(
        'told to others',
        sum((it) => it.astray.length),
        none,
      ),
      figure(
        'neither sent nor given up',
        sum((it) => it.pending),
        none,
      ),
      figure(
        'messages that receivers had',
        sum((it) => it.messages),
        null,
      ),
      figure(
        'of these again under their id',
        sum((it) => it.repeats),
        null,
      ),
      ...promptnessOf(reports),
    ];
  },
};

const disordered = (it: TellingReport) => it.disordered.length;

/** Mails of outages of which nothing was broken on the way. */
function promptnessOf(reports: readonly TellingReport[]) {
  const all = reports.flatMap((it) => it.handed_over.map(({ after_ms }) => after_ms));
  const sorted = all.toSorted((a, b) => a - b);
  const figure = countOf(all.length);
  const late = all.filter((it) => it > PROMPT_MS).length;
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return [
    { ...figure('outage to mail where nothing was broken, median', at(0.5), null), unit: 'ms' },
    { ...figure('outage to mail where nothing was broken, longest', at(1), null), unit: 'ms' },
    figure('outages mailed after more than 2 s where nothing was broken', late, { at_most: 0 }),
  ];
}

function wrongIn(report: TellingReport): string[] {
  const { missed, disordered: out_of_order, repeated_otherwise, astray, handed_over } = report;
  const late = handed_over.filter(({ after_ms }) => after_ms > PROMPT_MS);
  return [
    ...missed.map((it) => `missed: ${it}`),
    ...out_of_order.map((it) => `out of order: ${it}`),
    ...repeated_otherwise.map((it) => `again: ${it}`),
    ...astray.map((it) => `astray: ${it}`),
    ...late.map(({ what, after_ms }) => `late by ${after_ms} ms: ${what}`),
  ];
}
