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

/** The elements of all lines of that name, which are lists separated by commas; none is empty. */
export function headerElements(lines: readonly HeaderLine[], name: string): string[] {
  return headerValues(lines, name)
    .flatMap((value) => value.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+/g) ?? [])
    .map((element) => element.trim())
    .filter((element) => element !== '');
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
    if (name === 'set-cookie') headers[name] = Array.isArray(before) ? [...before, value] : [value];
    else if (before === undefined || before === '') headers[name] = value;
    else if (value === '' || name === 'location') continue;
    else if (name === 'content-type') headers[name] = value;
    else headers[name] = `${before}, ${value}`;
  }
  return headers;
}
