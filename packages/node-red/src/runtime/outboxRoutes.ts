import type { NodeAPI } from 'node-red';
export const registerOutbox = (_RED: NodeAPI): void => undefined;
