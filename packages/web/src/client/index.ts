export { byId, isWide, make } from './dom';
export { createRows } from './listView';
export { createShownTime, factsLine } from './time';
