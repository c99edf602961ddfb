import { html } from '@icloud-ready/web';
import { senders } from '../senders/submissions';
import { sendAsWords } from './sendAsWords';

/** "Send as…": plays a platform's genuine call; its answer stands below, in the form's own language. */
export const sendAsForm = (language: 'en' | 'ar') => {
	const words = sendAsWords[language];
	const options = senders.map((sender) => html`<option value="${sender}">${words.senders[sender]}</option>`);
	return html`
	<details id="send-as" lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
		<summary><h2>${words.title}</h2><span class="soft">${words.about}</span></summary>
		<form id="send-as-form" autocomplete="off" data-answered="${words.answered}" data-unreached="${words.unreached}" data-refused="${words.refused}">
			<label>${words.platform}<select name="sender">${options}</select></label>
			<label>${words.address}<input name="address" type="url" dir="ltr" required placeholder="http://127.0.0.1:1880/ad-leads" spellcheck="false"></label>
			<label>${words.secret}<input name="secret" type="password" dir="ltr" autocomplete="new-password" aria-describedby="send-as-secret"></label>
			<button type="submit" class="primary">${words.send}</button>
			<p id="send-as-secret" class="soft">${words.secretHint}</p>
			<p id="send-as-answer" role="status"></p>
		</form>
	</details>`;
};
