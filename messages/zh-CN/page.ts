import live from './live.ts';
import history from './page/history.ts';
import updates from './page/updates.ts';

/** All messages of the page. */
export default {
  ...live,
  ...history,
  ...updates,
};
