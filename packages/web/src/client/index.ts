export { byId, isWide, make } from './dom';
export { arrowDownInto, createListDetail } from './listDetail';
export { createRows } from './listView';
export { saveFile } from './saveFile';
export { createRelativeTime, createShownTime, factsLine } from './time';
export { createTypingPause, onSlashKey } from './typing';
