/** How the outcomes leave the node. */
export const routings = ['split', 'pair', 'catch'] as const;
export type Routing = (typeof routings)[number];

const node = (x: number, y: number, width: number, height: number): string =>
	`<rect class="icr-picture-node" x="${x}" y="${y}" width="${width}" height="${height}" rx="3"/>`;
const port = (x: number, y: number): string =>
	`<rect class="icr-picture-port" x="${x - 2}" y="${y - 2}" width="4" height="4" rx="1"/>`;
const wire = (from: number, y: number, to: number): string =>
	`<path class="icr-picture-wire" d="M${from} ${y}H${to}"/>`;

const outputs = (heights: readonly number[]): string => heights.map((y) => wire(42, y, 58) + port(42, y)).join('');

const drawing = (routing: Routing): string => {
	switch (routing) {
		case 'split':
			return node(14, 2, 28, 44) + outputs([5, 10.4, 15.9, 21.3, 26.7, 32.1, 37.6, 43]);
		case 'pair':
			return node(14, 12, 28, 24) + outputs([19, 29]);
		case 'catch':
			return (
				node(14, 6, 28, 16) +
				outputs([14]) +
				'<path class="icr-picture-wire icr-picture-far" d="M28 22V30"/>' +
				node(16, 30, 24, 13) +
				'<path class="icr-picture-sign" d="M28 33v4M28 39.2v1.2"/>' +
				wire(40, 36.5, 56) +
				port(40, 36.5)
			);
	}
};

/** A small picture of the node with its outputs. */
export const routingPicture = (routing: Routing): string =>
	`<svg class="icr-picture" viewBox="0 0 60 48" width="60" height="48" aria-hidden="true">${wire(0, routing === 'catch' ? 14 : 24, 14)}${drawing(routing)}</svg>`;
