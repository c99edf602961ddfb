/** What a host prints as an error without our package too, and why it does. Everything else fails a test. */
const known: readonly { readonly pattern: RegExp; readonly why: string }[] = [
	{
		pattern: /401 \(Unauthorized\) \(\S+\/rest\/login\)/,
		why: 'n8n asks at its start who is signed in, and it is nobody yet',
	},
	{
		pattern: /net::ERR_NAME_NOT_RESOLVED/,
		why: 'n8n asks registries and sites on the internet about packages and templates; tests let nothing out',
	},
	{
		pattern: /injectNDVStore\(\) was accessed without an active workflow/,
		why: 'n8n 2.41 now and then draws its canvas before the workflow is there; no line of the trace is ours',
	},
	{
		pattern: /404 \(Not Found\) \(\S+\/schemas\/n8n-nodes-icloud-ready\.icloudReadyTrigger\//,
		why: "n8n asks for the shape of every node's output; what leaves the trigger has the shape that its sender gave it",
	},
	{
		pattern: /reading 'html'\)\s+at \w+ \(\S+\/red\/red\.min\.js/,
		why: 'Node-RED 5 shows its first tip a second after its settings came, on a slow machine before it has made the box for it',
	},
	{
		pattern: /400 \(Bad Request\) \(\S+\/lead-form/,
		why: 'Chromium reports every page that comes with 400, as a form to be corrected should',
	},
	{
		pattern: /401 \(Unauthorized\) \(\S+\/inbox\/sign-in/,
		why: 'and every page that comes with 401, as a form for a token should that was wrong',
	},
];

export const isKnownNoise = (text: string): boolean => known.some(({ pattern }) => pattern.test(text));
