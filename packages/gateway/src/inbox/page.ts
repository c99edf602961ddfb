import { html, mark } from '@icloud-ready/web';
import { lists } from '../leads/leadQueue';
import { inboxWords } from './words';
import type { InboxWords } from './words/types';
import type { Language } from '@icloud-ready/core';
import { maxSearchText } from '@icloud-ready/outbox/view/limits';
import { listWords } from '@icloud-ready/outbox/view/listWords';

const head = ({ direction, title }: InboxWords, more: ReturnType<typeof html>) => html`<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<meta name="color-scheme" content="light dark">
	<title>${direction === 'rtl' ? `${title} iCloud-Ready` : `iCloud-Ready ${title}`}</title>
	<link rel="icon" href="/inbox/icon.svg" type="image/svg+xml">
	<link rel="stylesheet" href="/inbox/page.css">${more}
</head>`;

const product = html`<bdi>iCloud-Ready</bdi>`;
/** What kind of thing it is comes first in Arabic, and last in English. */
const name = ({ direction, title }: InboxWords) => {
	const kind = html`<em>${title}</em>`;
	return html`<h1>${mark}<span>${direction === 'rtl' ? html`${kind} ${product}` : html`${product} ${kind}`}</span></h1>`;
};
const other = (language: Language): Language => (language === 'ar' ? 'en' : 'ar');
const languageLink = (language: Language, { otherLanguage }: InboxWords) =>
	html`<a class="plain" href="/inbox?lang=${other(language)}" lang="${other(language)}" hreflang="${other(language)}">${otherLanguage}</a>`;

/** The page for whoever is not signed in; `problem` says why the last try failed, `query` what is to be shown then. */
export const signInPage = (language: Language, problem = '', query = `lang=${language}`): string => {
	const words = inboxWords[language];
	const { heading, label, hint, button } = words.signIn;
	return html`<!doctype html>
<html lang="${language}" dir="${words.direction}">
${head(words, html``)}
<body data-ready class="outside">
	<header>${name(words)}${languageLink(language, words)}</header>
	<main>
		<form method="post" action="/inbox/sign-in?${query}">
			<h2>${heading}</h2>
			<label for="token">${label}</label>
			<input id="token" name="token" type="password" dir="ltr" autocomplete="current-password" required autofocus aria-describedby="hint problem">
			<p id="hint" class="soft">${hint}</p>
			<p id="problem" role="alert">${problem}</p>
			<button class="primary">${button}</button>
		</form>
	</main>
</body>
</html>
`.html;
};

/** The inbox, without any lead in it: the script fills it. */
export const inboxPage = (language: Language): string => {
	const words = inboxWords[language];
	const shared = listWords[language];
	return html`<!doctype html>
<html lang="${language}" dir="${words.direction}">
${head(
	words,
	html`
	<script src="/inbox/page.js" defer></script>`,
)}
<body data-view="list">
	<a class="skip" href="#rows">${words.skip}</a>
	<header>
		${name(words)}
		<p id="link" role="status" data-state="connecting">${words.link.connecting}</p>
		<div class="visit">
			${languageLink(language, words)}
			<form method="post" action="/inbox/sign-out?lang=${language}"><button class="plain">${words.signOut}</button></form>
		</div>
	</header>
	<div class="counts" role="group" aria-label="${shared.lists}">
		${lists.map((list) => html`<button type="button" data-list="${list}" data-kind="${list}" aria-pressed="false"><b>–</b><span>${shared.list[list]}</span></button>`)}
	</div>
	<section id="state" aria-label="${shared.lists}" hidden><p id="facts" class="soft"></p><ul id="held"></ul><p id="damage" class="bad" role="status" hidden><span></span> <button type="button" class="plain" id="damage-seen">${words.damageSeen}</button></p></section>
	<main>
		<section id="inbox" aria-label="${words.leads}">
			<div class="search"><label class="unseen" for="search">${shared.search}</label><input id="search" type="search" dir="auto" maxlength="${maxSearchText}" placeholder="${shared.search}" autocomplete="off" spellcheck="false"><button type="button" class="plain" id="csv" title="${shared.csv}" aria-label="${shared.csv}">CSV</button><button type="button" class="plain" id="json" title="${shared.json}" aria-label="${shared.json}">JSON</button></div>
			<details id="filters"><summary>${shared.filter.heading} <span id="filter-count"></span></summary><div class="filter-grid">
				${(['outcome', 'why', 'organization', 'source'] as const).map((name) => html`<p id="filter-row-${name}"><label for="filter-${name}">${shared.filter[name]}</label><select id="filter-${name}" dir="auto"></select></p>`)}
				${(['from', 'to'] as const).map((name) => html`<p id="filter-row-${name}"><label for="filter-${name}">${shared.filter[name]}</label><input type="date" id="filter-${name}"></p>`)}
				<button type="button" class="plain" id="clear-filters" hidden>${shared.filter.clear}</button>
			</div></details>
			<div id="bulk" role="group" aria-label="${shared.bulk.all}" hidden></div>
			<p id="said" role="status"></p>
			<ul id="rows" tabindex="-1" aria-label="${words.leads}"></ul>
			<p id="empty" hidden></p>
			<button type="button" class="plain" id="more" hidden>${shared.more}</button>
		</section>
		<article id="detail" aria-label="${words.chosen}" tabindex="-1"></article>
	</main>
</body>
</html>
`.html;
};
