export { openDiskMarks } from './diskMarks';
export { type Mark, type Marks, memoryMarks } from './marks';
export { createOnce, type Once } from './once';
