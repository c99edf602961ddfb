import type { Bundle } from './host/process';
import { runNodeRed } from './worlds/nodeRedWorld';
import { planOf } from './worlds/plan';

export { planOf, runNodeRed };
export type { Bundle };
