import { drillFamily } from './compressed.ts';

drillFamily('lines');
