import { drillFamily } from './compressed.ts';

drillFamily('pauses');
