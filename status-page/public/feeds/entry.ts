import type { EpochMs } from '../../../model/vocabulary.ts';

/** What every feed tells of one thing. */
export interface FeedEntry {
  kind: 'incidents' | 'maintenances' | 'own-troubles';
  id: string;
  /** Plain text. */
  title: string;
  link: string;
  published_at: EpochMs;
  updated_at: EpochMs;
  /** HTML, newest first. */
  paragraphs: string[];
}
