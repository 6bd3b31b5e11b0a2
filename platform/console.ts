/** Prints a line for the person who started us, on stderr: stdout belongs to the log. */
export function print(line: string): void {
  process.stderr.write(`${line}\n`);
}
