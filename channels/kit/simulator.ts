/** A receiving end of a channel, for the demo and for tests. */
export interface ChannelSimulator {
  /** A section `notify` that sends messages here, with one operator. */
  section: Record<string, unknown>;
  /** The environment in which the section finds its secrets. */
  env: Record<string, string>;
  /** What a reader enters in the form. */
  address: string;
  /** What was received, oldest first, as text with its links. */
  received(): Promise<string[]>;
  stop(): Promise<void>;
}
