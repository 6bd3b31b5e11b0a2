/** The other end of a channel, for the demo and for tests: people told by it are told here. */
export interface ChannelSimulator {
  /** The section `notify` of a configuration by which messages come here, to one operator too. */
  section: Record<string, unknown>;
  /** The environment in which the section finds its secrets. */
  env: Record<string, string>;
  /** What a reader enters in the form. */
  address: string;
  /** What came, oldest first, as text with its links. */
  received(): Promise<string[]>;
  stop(): Promise<void>;
}
