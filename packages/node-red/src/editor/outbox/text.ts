/** What a person said comes from a form that anybody can fill in: it is put in as text and never as HTML. */
export const text = (tag: string, look: string, content: string, dir?: 'auto' | 'ltr'): JQuery =>
	$(`<${tag}>`, { class: `icr-outbox-${look}`, ...(dir === undefined ? {} : { dir }) }).text(content);
