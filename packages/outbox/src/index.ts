export { openDiskMarks } from './diskMarks';
