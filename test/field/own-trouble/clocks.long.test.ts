import { drillFamily } from './compressed.ts';

drillFamily('clocks');
