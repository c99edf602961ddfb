import { html, mark } from '@icloud-ready/web';
import { keptCalls } from '../bounds';
import { sampleLeads } from '../samples';
import { scenarioEmails, scenarioKeys } from '../scenarios';
import { sendAsForm } from './sendAsForm';
import { filled, type PageWords, pageWords } from './words';
import { labelIn, type Language, outcomeKinds } from '@icloud-ready/core';

const exampleOrganization = '686f894eaf67193dd6e124ce';

// A duplicate is found in a client's own record before anything is sent, so no call of the API ends as one.
const answeredKinds = outcomeKinds.filter(({ kind }) => kind !== 'duplicate');

const copyButton = (text: string, { copy }: PageWords) =>
	html`<button type="button" class="copy" data-copy="${text}" title="${copy}"><code>${text}</code><svg viewBox="0 0 16 16" aria-hidden="true"><path class="sheets" d="M6 5.5h6.5v8H6zM9.5 5.5v-3H3v8h3" /><path class="tick" d="m3.5 8.5 3 3 6-7" /></svg><span class="unseen">${copy}</span></button>`;

const recipes = (items: readonly ReturnType<typeof html>[]) => html`<ul class="recipes">${items}</ul>`;

const connect = (baseUrl: string, words: PageWords) => html`
	<h3>${words.connect.title}</h3>
	${recipes([
		html`<li><span>${words.connect.baseUrl}</span>${copyButton(baseUrl, words)}</li>`,
		html`<li><span>${words.connect.organizationId}</span><span>${copyButton(exampleOrganization, words)} <span class="after">${words.connect.any}</span></span></li>`,
	])}`;

const keys = (words: PageWords) => html`
	<h3>${words.keys.title}</h3>
	${recipes(scenarioKeys.map(({ key, rule }) => html`<li>${copyButton(key, words)}<span>${words.keys.does[rule]}</span></li>`))}`;

const sendButton = (email: string, words: PageWords) =>
	html`<button type="button" class="plain" data-send="${email}">${words.send}<span class="unseen">${filled(words.sendWith, 'email', email)}</span></button>`;

const scenarios = (words: PageWords) => html`
	<h3>${words.scenarios.title} <span class="soft">${words.scenarios.about}</span></h3>
	${recipes(scenarioEmails.map(({ email, does }) => html`<li>${copyButton(email, words)}${sendButton(email, words)}<span>${words.scenarios.does[email.split('@')[0] ?? ''] ?? does}</span></li>`))}`;

const counts = (words: PageWords, language: Language) => html`
	<div class="counts" role="group" aria-label="${words.filter}">
		<button type="button" data-kind="" aria-pressed="true"><b>0</b><span>${words.all}</span></button>
		${answeredKinds.map((row) => html`<button type="button" data-kind="${row.kind}" aria-pressed="false" title="${language === 'ar' ? row.whenAr : row.when}"><b>0</b><span>${labelIn(row, language)}</span></button>`)}
	</div>`;

/** What the page's script says, and what it calls outcomes. */
export interface ScriptWords extends PageWords {
	readonly language: Language;
	readonly outcomes: Readonly<Record<string, string>>;
}

const scriptWords = (language: Language): ScriptWords => ({
	...pageWords[language],
	language,
	outcomes: Object.fromEntries(outcomeKinds.map((row) => [row.kind, labelIn(row, language)])),
});

/** Data in the page, of which nothing can become markup. */
const dataOf = (value: unknown) => ({ html: JSON.stringify(value).replaceAll('<', '\\u003c') });

/**
 * The inbox page, without any call in it: the script fills it. `baseUrl` is the one to show. `canSendAs`: only this machine
 * reaches the page, so it has the form that plays platforms.
 */
export const renderPage = (baseUrl: string, language: Language, canSendAs: boolean): string => {
	const words = pageWords[language];
	const other = language === 'ar' ? 'en' : 'ar';
	return html`<!doctype html>
<html lang="${language}" dir="${words.direction}">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<meta name="color-scheme" content="light dark">
	<title>iCloud-Ready ${words.title}</title>
	<link rel="icon" href="/icon.svg" type="image/svg+xml">
	<link rel="stylesheet" href="/page.css">
	<script src="/page.js" defer></script>
</head>
<body data-view="list">
	<a class="skip" href="#rows">${words.skip}</a>
	<header>
		<h1>${mark}<span>iCloud-Ready <em>${words.title}</em></span></h1>
		<p id="link" role="status" data-state="connecting">${words.link.connecting}</p>
		<a class="language" href="/?lang=${other}" hreflang="${other}" lang="${other}">${words.otherLanguage}</a>
		<button type="button" class="plain" id="clear">${words.clear}</button>
		<button type="button" class="primary" id="send">${words.sendTest}</button>
	</header>
	<div class="tools">
	<details id="try">
		<summary><h2>${words.tryIt.title}</h2><span class="soft">${words.tryIt.about}</span></summary>
		<div class="recipe-grid"><section>${connect(baseUrl, words)}${keys(words)}</section><section>${scenarios(words)}</section></div>
	</details>
	${canSendAs ? sendAsForm(language) : ''}
	</div>
	${counts(words, language)}
	<main>
		<section id="inbox" aria-label="${words.calls}">
			<div class="search"><label class="unseen" for="search">${words.search}</label><input id="search" type="search" placeholder="${words.searchHint}" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></div>
			<ul id="rows" tabindex="-1" aria-label="${words.newestFirst}"></ul>
			<p id="empty" hidden></p>
			<button type="button" class="plain" id="more" hidden>${words.more}</button>
			<p id="kept" class="soft" hidden>${filled(words.kept, 'count', keptCalls.toLocaleString('en-US'))}</p>
		</section>
		<article id="detail" aria-label="${words.chosen}" tabindex="-1"></article>
	</main>
	<p id="news" class="unseen" aria-live="polite"></p>
	<script id="samples" type="application/json">${dataOf(sampleLeads)}</script>
	<script id="words" type="application/json">${dataOf(scriptWords(language))}</script>
</body>
</html>
`.html;
};
