/** A supervised program. */
export interface ChildProgram {
  name: string;
  /** Path of the module to fork. */
  module: string;
  args: readonly string[];
  /** Flags of Node itself, such as the size of its heap. */
  flags: readonly string[];
  /** Environment variables added to our own. */
  variables: Readonly<Record<string, string>>;
  /** The variable of each reported port, so that a restart reuses a port that was picked. */
  port_variables: Readonly<Record<string, string>>;
  /** Whether it tells operators of trouble, and so is given the time for it. */
  tells_operators?: boolean;
}

/** The environment of the program's next process, with the ports that the last one reported. */
export function environmentOf(
  { variables, port_variables }: ChildProgram,
  ports: Readonly<Record<string, number>>,
): NodeJS.ProcessEnv {
  const reused = Object.entries(ports).flatMap(([name, port]) => {
    const variable = port_variables[name];
    return variable === undefined ? [] : [[variable, String(port)]];
  });
  return { ...process.env, ...variables, ...Object.fromEntries(reused) };
}
