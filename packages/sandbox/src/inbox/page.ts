import { html, mark } from '@icloud-ready/web';
import { keptCalls } from '../bounds';
import { sampleLeads } from '../samples';
import { scenarioEmails, scenarioKeys } from '../scenarios';
import { sendAsForm } from './sendAsForm';
import { outcomeKinds } from '@icloud-ready/core';

const exampleOrganization = '686f894eaf67193dd6e124ce';

// A duplicate is found in a client's own record before anything is sent, so no call of the API ends as one.
const answeredKinds = outcomeKinds.filter(({ kind }) => kind !== 'duplicate');

const copyButton = (text: string) =>
	html`<button type="button" class="copy" data-copy="${text}" title="Copy"><code>${text}</code><svg viewBox="0 0 16 16" aria-hidden="true"><path class="sheets" d="M6 5.5h6.5v8H6zM9.5 5.5v-3H3v8h3" /><path class="tick" d="m3.5 8.5 3 3 6-7" /></svg><span class="unseen">Copy</span></button>`;

const recipes = (items: readonly ReturnType<typeof html>[]) => html`<ul class="recipes">${items}</ul>`;

const connect = (baseUrl: string) => html`
	<h3>Connect</h3>
	${recipes([
		html`<li><span>Base URL</span>${copyButton(baseUrl)}</li>`,
		html`<li><span>Organization ID</span><span>${copyButton(exampleOrganization)} <span class="after">or any text</span></span></li>`,
	])}`;

const keys = html`
	<h3>API keys</h3>
	${recipes(scenarioKeys.map(({ key, does }) => html`<li>${copyButton(key)}<span>${does}</span></li>`))}`;

const sendButton = (email: string) =>
	html`<button type="button" class="plain" data-send="${email}">Send<span class="unseen"> a lead with ${email}</span></button>`;

const scenarios = html`
	<h3>Scenarios <span class="soft">as the lead’s email</span></h3>
	${recipes(scenarioEmails.map(({ email, does }) => html`<li>${copyButton(email)}${sendButton(email)}<span>${does}</span></li>`))}`;

const counts = html`
	<div class="counts" role="group" aria-label="Filter by outcome">
		<button type="button" data-kind="" aria-pressed="true"><b>0</b><span>All calls</span></button>
		${answeredKinds.map(({ kind, label, when }) => html`<button type="button" data-kind="${kind}" aria-pressed="false" title="${when}"><b>0</b><span>${label}</span></button>`)}
	</div>`;

/**
 * The inbox page, without any call in it: the script fills it. `baseUrl` is the one to show, `sendAs` the language of the form
 * that plays platforms; null where others than this machine reach the page, and there is none.
 */
export const renderPage = (baseUrl: string, sendAs: 'en' | 'ar' | null): string => {
	return html`<!doctype html>
<html lang="en">
<head>
	<meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1">
	<meta name="color-scheme" content="light dark">
	<title>iCloud-Ready sandbox</title>
	<link rel="icon" href="/icon.svg" type="image/svg+xml">
	<link rel="stylesheet" href="/page.css">
	<script src="/page.js" defer></script>
</head>
<body data-view="list">
	<a class="skip" href="#rows">Skip to the calls</a>
	<header>
		<h1>${mark}<span>iCloud-Ready <em>sandbox</em></span></h1>
		<p id="link" role="status" data-state="connecting">Connecting</p>
		<button type="button" class="primary" id="send">Send a test lead</button>
	</header>
	<div class="tools">
	<details id="try">
		<summary><h2>Try it</h2><span class="soft">Keys and scenarios to copy into a node</span></summary>
		<div class="recipe-grid"><section>${connect(baseUrl)}${keys}</section><section>${scenarios}</section></div>
	</details>
	${sendAs === null ? '' : sendAsForm(sendAs)}
	</div>
	${counts}
	<main>
		<section id="inbox" aria-label="Calls">
			<div class="search"><label class="unseen" for="search">Search calls</label><input id="search" type="search" placeholder="Search name, phone or source" autocomplete="off" spellcheck="false"><kbd aria-hidden="true">/</kbd></div>
			<ul id="rows" tabindex="-1" aria-label="Calls, newest first"></ul>
			<p id="empty" hidden></p>
			<button type="button" class="plain" id="more" hidden>Show more</button>
			<p id="kept" class="soft" hidden>Only the newest ${keptCalls.toLocaleString('en-US')} calls are kept here. Leads go on being counted.</p>
		</section>
		<article id="detail" aria-label="Chosen call" tabindex="-1"></article>
	</main>
	<p id="news" class="unseen" aria-live="polite"></p>
	<script id="samples" type="application/json">${{ html: JSON.stringify(sampleLeads).replaceAll('<', '\\u003c') }}</script>
</body>
</html>
`.html;
};
