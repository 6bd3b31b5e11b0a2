import type { Words } from '../../messages/index.ts';
import type { AlertDetails } from '../../model/alert-details.ts';
import type { Message } from './message.ts';

/** The content of a message in one language, independent of the channel. Plain text, no markup. */
export interface Announcement {
  /** One line. */
  title: string;
  /** Paragraphs. */
  body: string[];
  facts: Fact[];
  /** Links for the reader, the primary action first. */
  actions: Link[];
  /** Whether any of its content is simulated. */
  simulated: boolean;
  /** Of several matters, each as it would be told alone. */
  parts?: readonly Announcement[];
  /** Of an alert of a component: what its facts say, for programs. */
  alert?: AlertDetails;
}

export interface Fact {
  term: string;
  text: string;
}

export interface Link {
  text: string;
  url: string;
}

/** Renders a message in its recipient's language; a channel may add its own texts. */
export type Render = (message: Message) => { announcement: Announcement; words: Words };
