/** What every answer of an inbox page carries: it loads nothing from elsewhere and is shown in no other page. */
export const securityHeaders = ({ formAction }: { readonly formAction: "'none'" | "'self'" }) =>
	({
		'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`,
		'x-content-type-options': 'nosniff',
		'referrer-policy': 'no-referrer',
		'cache-control': 'no-store',
	}) as const;
