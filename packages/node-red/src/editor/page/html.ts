/** An element whose text comes from the locale, with further attributes written out. */
export const worded = (tag: string, key: string, attributes = ''): string =>
	`<${tag} data-i18n="${key}"${attributes === '' ? '' : ` ${attributes}`}></${tag}>`;

/** The form in the direction of its language; Node-RED's own editor knows left to right only. */
export const directed = (content: string): string =>
	`<div class="icr-form" data-i18n="[dir]direction">\n${content}\n</div>`;

/** A `script` of a node's html file; nothing inside may close it early. */
export const script = (attributes: string, content: string): string => {
	if (/<\/script/i.test(content)) throw new Error(`A script may not hold "</script": ${attributes}`);
	return `<script ${attributes}>\n${content.trim()}\n</script>\n`;
};
