import type { Words } from '../../messages/words.ts';
import type { Configuration } from '../../model/configuration.ts';
import type { Signer } from '../../model/ports.ts';
import type { ComponentId } from '../../model/vocabulary.ts';
import { systemOf } from '../../model/vocabulary.ts';
import type { Message } from './message.ts';

/**
 * What a message says in one language, whatever carries it. Everything is text, nothing is markup.
 */
export interface Announcement {
  /** One line. */
  title: string;
  /** Paragraphs. */
  body: string[];
  facts: { term: string; text: string }[];
  /** What the reader can do, the first above all. */
  actions: { text: string; url: string }[];
  /** Whether anything in it is made up. */
  simulated: boolean;
}

/** What a message is put into words with. */
export interface RenderContext {
  message: Message;
  configuration: Pick<Configuration, 'page' | 'systems' | 'checks' | 'lines'>;
  signer: Signer;
  words: Words;
}

/** A message in the words of its reader, and what they were made with. */
export type Render = (message: Message) => { announcement: Announcement; context: RenderContext };

/** Address below the public page in the reader's language. */
export function publicUrl({ configuration, words }: RenderContext, path: string): string {
  return `${configuration.page.public_url}/${words.locale}/${path}`;
}

/** Whether one of the components is of a simulated system. */
export function isSimulated(
  components: readonly ComponentId[],
  { configuration }: RenderContext,
): boolean {
  const systems = components.map(systemOf);
  return configuration.systems.some(
    ({ id, environment }) => environment === 'simulator' && systems.includes(id),
  );
}
