import { pageWords } from './pageWords';
import type { VisitorField } from './visitorFields';
import type { Language } from '@icloud-ready/core';
import { escapeHtml } from '@icloud-ready/web/escapeHtml';

export interface Page {
	readonly language: Language;
	/** What happened; empty on a form that nobody has sent yet. */
	readonly sentence: string;
	readonly isGood: boolean;
	/** Fields to fill in; none once it is done. */
	readonly fields: readonly VisitorField[];
	/** What is wrong and belongs to no field. */
	readonly elsewhere: readonly string[];
	/** What iCloud-Ready said, for the owner alone. */
	readonly owner: string;
}

const style = `:root{color-scheme:light dark;--ink:#1d2733;--paper:#fff;--back:#eef3f8;--line:#6d7d8d;--accent:#1463b0;--good:#17663a;--wrong:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e7edf3;--paper:#18212b;--back:#0f161d;--line:#7d90a5;--accent:#7db7f0;--good:#7fd6a2;--wrong:#ff9d94}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:1rem/1.5 system-ui,"Segoe UI",Tahoma,sans-serif}
main{max-width:26rem;margin:2rem auto;padding:1.5rem;background:var(--paper);border-radius:.75rem}h1{margin:0;font-size:1.4rem}nav{float:inline-end}a{color:var(--accent)}
label{display:block;margin-top:1rem;font-weight:600}input,textarea{width:100%;margin-top:.25rem;padding:.55rem .7rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.4rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:1px}[aria-invalid]{border-color:var(--wrong)}.wrong{margin:.25rem 0 0;color:var(--wrong)}
.answer{margin:1rem 0 0;font-size:1.1rem;color:var(--wrong)}.answer.good{color:var(--good)}.owner{padding:.6rem .8rem;font-size:.9rem;background:var(--back);border-radius:.4rem}
button{margin-top:1.25rem;padding:.6rem 1.4rem;font:inherit;font-weight:600;color:#fff;background:#1463b0;border:0;border-radius:.4rem;cursor:pointer}`;

const directionOf = (name: string): string => (/phone|mail/i.test(name) ? 'ltr' : 'auto');
const typeOf = (name: string): string => (/phone/i.test(name) ? 'tel' : /mail/i.test(name) ? 'email' : 'text');

const fieldHtml = ({ name, label, typed, wrong, isRequired }: VisitorField, index: number): string => {
	const id = /^[A-Za-z][\w-]*$/.test(name) ? name : `field-${index}`;
	const marks = wrong === undefined ? '' : ` aria-invalid="true" aria-describedby="${id}-wrong"`;
	const attributes = `id="${id}" name="${escapeHtml(name)}" dir="${directionOf(name)}"${marks}`;
	const input =
		name === 'message'
			? `<textarea ${attributes} rows="3">${escapeHtml(typed)}</textarea>`
			: `<input ${attributes} type="${typeOf(name)}" value="${escapeHtml(typed)}">`;
	const told = wrong === undefined ? '' : `<p class="wrong" id="${id}-wrong">${escapeHtml(wrong)}</p>`;
	return `<label for="${id}">${escapeHtml(label)}${isRequired ? ' *' : ''}</label>${input}${told}`;
};

/** A whole page: the form, what is wrong in it, or the thanks. It loads nothing from anywhere. */
export const pageHtml = ({ language, sentence, isGood, fields, elsewhere, owner }: Page): string => {
	const words = pageWords[language];
	const answer = sentence === '' ? '' : `<p class="answer${isGood ? ' good' : ''}">${escapeHtml(sentence)}</p>`;
	const others = elsewhere.map((text) => `<p class="wrong">${escapeHtml(text)}</p>`).join('');
	const note =
		owner === '' ? '' : `<p class="owner"><strong>${escapeHtml(words.owner)}</strong> ${escapeHtml(owner)}</p>`;
	const form =
		fields.length === 0
			? `<p><a href="?lang=${language}">${escapeHtml(words.another)}</a></p>`
			: `<form method="post" action="?lang=${language}" novalidate>${fields.map(fieldHtml).join('')}<button>${escapeHtml(words.send)}</button></form>`;
	return [
		`<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">`,
		`<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(words.title)}</title>`,
		`<style>${style}</style></head><body><main>`,
		`<nav><a href="?lang=${words.other.language}" lang="${words.other.language}">${escapeHtml(words.other.name)}</a></nav>`,
		`<h1>${escapeHtml(words.title)}</h1><div role="status">${answer}${others}${note}</div>${form}</main></body></html>`,
	].join('\n');
};
