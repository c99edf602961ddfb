import type { AccountConfig, AccountSettings } from '../config/accountSettings';
import type { AccountNode } from './types';
import type { NodeAPI, NodeDef } from 'node-red';

/** An account that starts: Node-RED's node with its settings read. */
export interface Starting {
	readonly RED: NodeAPI;
	readonly node: AccountNode;
	readonly config: NodeDef & AccountConfig;
	readonly settings: AccountSettings;
	readonly userFolder: string;
}
