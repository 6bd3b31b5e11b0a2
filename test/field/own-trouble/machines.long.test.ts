import { drillFamily } from './compressed.ts';

drillFamily('machines');
