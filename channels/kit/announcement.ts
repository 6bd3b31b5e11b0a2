import type { Words } from '../../messages/index.ts';
import type { Message } from './message.ts';

/**
 * What a message says in one language, whatever carries it. Everything is text, nothing is markup.
 */
export interface Announcement {
  /** One line. */
  title: string;
  /** Paragraphs. */
  body: string[];
  facts: Fact[];
  /** What the reader can do, the first above all. */
  actions: Link[];
  /** Whether anything in it is made up. */
  simulated: boolean;
}

export interface Fact {
  term: string;
  text: string;
}

export interface Link {
  text: string;
  url: string;
}

/** Puts a message into words of its recipient's language; the channel may add its own. */
export type Render = (message: Message) => { announcement: Announcement; words: Words };
