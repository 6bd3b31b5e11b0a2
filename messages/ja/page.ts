import live from './live.ts';
import history from './page/history.ts';
import updates from './page/updates.ts';

export default {
  ...live,
  ...history,
  ...updates,
};
