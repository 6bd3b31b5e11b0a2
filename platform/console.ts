/** Prints a line to stderr, for people; stdout is reserved for the log. */
export function print(line: string): void {
  process.stderr.write(`${line}\n`);
}
