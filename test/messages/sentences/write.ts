import { writeFileSync } from 'node:fs';
import { sentencesDocument } from './document.ts';

/** Writes docs/sentences.md: `npm run sentences`. */
writeFileSync('docs/sentences.md', sentencesDocument());
