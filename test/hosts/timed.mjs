/** Suites that hold something against the time that it takes. In `.ci/run` nothing else runs beside them. */
export const timed = [
	'gateway/madeUpKeys',
	'gateway/twoGateways',
	'n8n/limit',
	'n8n/limitPeer',
	'node-red/limit',
	'node-red/limitPeer',
	'node-red/lists',
	'node-red/outbox/speed',
];
