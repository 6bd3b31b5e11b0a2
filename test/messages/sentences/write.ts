import { writeFileSync } from 'node:fs';
import { argumentsOrExit } from '../../../platform/arguments.ts';
import { sentencesDocument } from './document.ts';

/** Writes docs/sentences.md: `npm run sentences`. */
argumentsOrExit('sentences');
writeFileSync('docs/sentences.md', sentencesDocument());
