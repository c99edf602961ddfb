import { setFlagsFromString } from 'node:v8';

// A turn of Node.js' own event loop for each of the hundreds of steps of a run would cost more than all of its work.
setFlagsFromString('--allow-natives-syntax');
/** Runs all that promises have to do, at once; does nothing where it is called by a promise itself. */
export const runMicrotasks = new Function('%PerformMicrotaskCheckpoint()') as () => void;
setFlagsFromString('--no-allow-natives-syntax');
