/** A simulated receiver of a channel, for tests. */
export interface ChannelSimulator {
  /** A section `notify` that sends to this receiver, with one operator. */
  section: Record<string, unknown>;
  /** Environment variables with the section's secrets. */
  env: Record<string, string>;
  /** Address for the subscription form. */
  address: string;
  /** Received messages, oldest first, as text with links. */
  received(): Promise<string[]>;
  stop(): Promise<void>;
}
