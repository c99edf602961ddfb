/** A child of `part.mjs`: `node --expose-gc measure.cjs <first,…> <file>…` prints how long it takes to require the files, and what heap they hold after it. */
const [hosts, ...files] = process.argv.slice(2);
// What the host itself has loaded by then.
for (const host of hosts.split(',').filter((each) => each !== '')) require(host);
globalThis.gc();
const before = process.memoryUsage().heapUsed;
const beganAtMs = performance.now();
const kept = files.map((file) => require(file));
const tookMs = performance.now() - beganAtMs;
globalThis.gc();
console.log(JSON.stringify({ tookMs, heapBytes: process.memoryUsage().heapUsed - before, files: kept.length }));
