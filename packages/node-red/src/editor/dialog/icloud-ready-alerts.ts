import { alertMinutesLimit } from '../../alerts';
import { accountCheck } from './accountCheck';
import { saying } from './checks';
import { labelStyle, nameOr, paletteLabel } from './labels';

RED.nodes.registerType('icloud-ready-alerts', {
	category: 'iCloud-Ready',
	color: '#b6d5ee',
	icon: 'icloud-ready.svg',
	inputs: 0,
	outputs: 1,
	defaults: {
		name: { value: '' },
		account: { value: '', type: 'icloud-ready-account', validate: accountCheck },
		minutes: {
			value: alertMinutesLimit.default,
			validate: saying((value, _node, words) => {
				const { min, max } = alertMinutesLimit;
				const number = String(value ?? '').trim() === '' ? Number.NaN : Number(value);
				return number >= min && number <= max
					? undefined
					: { key: 'error.number', blanks: { label: words('label.minutes'), min, max } };
			}),
		},
	},
	label: nameOr(() => 'alerts'),
	labelStyle,
	paletteLabel: paletteLabel('alerts'),
});
