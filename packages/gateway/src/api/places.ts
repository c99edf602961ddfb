import { html } from '@icloud-ready/web';

/** What a gateway has to be asked for. */
export interface Places {
	readonly version: string;
	readonly hasInbox: boolean;
}

interface Place {
	/** A path that a browser can open; undefined: it takes more than that. */
	readonly link?: string;
	readonly name: string;
	readonly does: string;
}

const placesOf = ({ hasInbox }: Places): readonly Place[] => [
	{
		name: 'POST /api/v2/leads',
		does: 'takes a lead, with the headers x-api-key and organizationId; the base URL of nodes ends in /api/v2',
	},
	{ name: 'GET /api/v2/leads/<id>', does: 'says what became of it, to the same key and organization' },
	{ link: '/openapi.json', name: '/openapi.json', does: 'describes both for programs' },
	...(hasInbox
		? [{ link: '/inbox', name: '/inbox', does: 'shows leads to those who have the admin token' }]
		: [{ name: '/inbox', does: 'is off; set GATEWAY_ADMIN_TOKEN for a page that shows leads' }]),
	{ link: '/healthz', name: '/healthz', does: 'says that it runs' },
	{ link: '/readyz', name: '/readyz', does: 'says whether it can take leads' },
	{ link: '/metrics', name: '/metrics', does: 'has figures for Prometheus' },
];

const titleOf = ({ version }: Places): string => `iCloud-Ready gateway ${version}`.trim();

/** Where things are, for a terminal. */
export const placesText = (places: Places): string => {
	const rows = placesOf(places);
	const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
	return [titleOf(places), '', ...rows.map(({ name, does }) => `${name.padEnd(width)}${does}`), ''].join('\n');
};

/** The same for a browser. It names no lead and no key, so that it needs no sign-in. */
export const placesPage = (places: Places): string => {
	const title = titleOf(places);
	const rows = placesOf(places).map(
		({ link, name, does }) =>
			html`<dt>${link === undefined ? html`<code>${name}</code>` : html`<a href="${link}"><code>${name}</code></a>`}</dt><dd>${does}</dd>\n`,
	);
	return html`<!doctype html>
<html lang="en">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<meta name="color-scheme" content="light dark">
	<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
<dl>
${rows}</dl>
</main>
</body>
</html>
`.html;
};
