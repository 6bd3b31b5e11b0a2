import figures from './page/figures.ts';
import frame from './page/frame.ts';
import incidents from './page/incidents.ts';
import maintenance from './page/maintenance.ts';
import notes from './page/notes.ts';
import own from './page/own.ts';
import reasons from './page/reasons.ts';
import states from './page/states.ts';
import verdict from './page/verdict.ts';

export default {
  ...frame,
  ...states,
  ...verdict,
  ...own,
  ...maintenance,
  ...figures,
  ...notes,
  ...incidents,
  ...reasons,
};
