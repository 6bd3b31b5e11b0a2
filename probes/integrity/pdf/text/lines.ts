import { GAP } from '../../shared/own-number.ts';
import type { TextRun } from './runs.ts';

/** Texts whose base lines are apart by less than this share of their size stand on one line. */
const SAME_LINE = 0.4;
/** Directions that differ by less, in radians, are one. */
const SAME_ANGLE = 0.02;

interface Placed {
  run: TextRun;
  /** Along its line, and across. */
  along: number;
  across: number;
}

/** What stands on one line of a page. */
export interface TextLine {
  /** From its beginning to its end, texts parted by GAP. */
  text: string;
  /** Which of the page's directions it has. */
  direction: number;
  /** Where it stands across that direction, in points, growing downwards. */
  across: number;
  size: number;
}

/** The lines of a page, direction by direction, downwards. */
export function linesOf(runs: TextRun[]): TextLine[] {
  const directions = Map.groupBy(runs, ({ angle }) => Math.round(angle / SAME_ANGLE));
  return [...directions].flatMap(([direction, them]) => linesOfDirection(direction, them));
}

function linesOfDirection(direction: number, runs: TextRun[]): TextLine[] {
  const placed = runs
    .map((run) => place(run, runs[0]?.angle ?? 0))
    .toSorted((a, b) => a.across - b.across);
  const lines: Placed[][] = [];
  let line: Placed[] = [];
  for (const one of placed) {
    const last = line.at(-1);
    const apart = last === undefined ? 0 : one.across - last.across;
    const size = Math.max(one.run.size, last?.run.size ?? 0);
    if (line.length > 0 && apart > SAME_LINE * size) {
      lines.push(line);
      line = [];
    }
    line.push(one);
  }
  if (line.length > 0) lines.push(line);
  return lines.map((them) => ({
    text: them
      .toSorted((a, b) => a.along - b.along)
      .map(({ run }) => run.text)
      .join(GAP),
    direction,
    across: them[0]?.across ?? 0,
    size: them.reduce((most, { run }) => Math.max(most, run.size), 0),
  }));
}

function place(run: TextRun, angle: number): Placed {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { run, along: run.x * cos + run.y * sin, across: run.x * sin - run.y * cos };
}
