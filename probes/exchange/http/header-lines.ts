import { fault } from './fault.ts';

/** One header; its name is in lower case, its value in Latin-1, a character per byte. */
export interface HeaderLine {
  name: string;
  value: string;
}

/** The values of all lines of that name. */
export function headerValues(lines: readonly HeaderLine[], name: string): string[] {
  return lines.filter((line) => line.name === name).map(({ value }) => value);
}

/**
 * The elements of all lines of that name, which are lists separated by commas. Like Chromium it
 * counts an empty element too.
 */
export function headerElements(lines: readonly HeaderLine[], name: string): string[] {
  return headerValues(lines, name)
    .flatMap(splitAtCommas)
    .map((element) => element.trim());
}

/** Commas within quotes part nothing. One pass: a head may have 256 kB. */
function splitAtCommas(value: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let in_quotes = false;
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at];
    if (character === '"') in_quotes = !in_quotes;
    else if (character === '\\' && in_quotes) at += 1;
    else if (character === ',' && !in_quotes) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, value.slice(start)];
}

/**
 * Throws where answers contradict themselves, as Chromium does: they may be two answers in one
 * (response splitting).
 */
export function refuseContradictions(lines: readonly HeaderLine[], is_chunked: boolean): void {
  const contradicts = (values: readonly string[]) => new Set(values).size > 1;
  if (!is_chunked && contradicts(headerElements(lines, 'content-length'))) {
    throw fault('ANSWER_INVALID', 'lengths that differ');
  }
  if (contradicts(headerValues(lines, 'location'))) {
    throw fault('ANSWER_INVALID', 'locations that differ');
  }
  if (contradicts(headerElements(lines, 'content-disposition'))) {
    throw fault('ANSWER_INVALID', 'dispositions that differ');
  }
}

/**
 * The headers by name: of a type the last, of a location the first that is not empty, of cookies
 * all, of others all in one line.
 */
export function headersOf(lines: readonly HeaderLine[]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (const { name, value } of lines) {
    const before = headers[name];
    if (Array.isArray(before)) before.push(value);
    else if (name === 'set-cookie') headers[name] = [value];
    else if (before === undefined || before === '') headers[name] = value;
    else if (value === '' || name === 'location') continue;
    else if (name === 'content-type') headers[name] = value;
    else headers[name] = `${before}, ${value}`;
  }
  return headers;
}
