import { pageLanguage } from '../../packages/web/src';

test.each<[asked: unknown, accepted: string | undefined, language: string]>([
	[undefined, undefined, 'en'],
	[undefined, '', 'en'],
	[undefined, 'ar', 'ar'],
	[undefined, 'ar-EG,ar;q=0.9,en;q=0.8', 'ar'],
	[undefined, 'fr-FR,ar;q=0.9,en;q=0.8', 'ar'],
	[undefined, 'fr,en;q=0.8,ar;q=0.5', 'en'],
	[undefined, 'en;q=0.2, ar;q=0.9', 'ar'],
	[undefined, 'AR-sa', 'ar'],
	[undefined, 'en, ar;q=0', 'en'],
	[undefined, 'ar;q=0', 'en'],
	[undefined, 'arn,art', 'en'],
	[undefined, '*', 'en'],
	[undefined, ';;;,q=ar,,', 'en'],
	['ar', 'en', 'ar'],
	['ar-EG', 'en', 'ar'],
	['en', 'ar', 'en'],
	['x"><b>', 'ar', 'ar'],
	[['ar', 'en'], 'en', 'en'],
])('asked for %j by a browser that likes "%s": %s', (asked, accepted, language) => {
	expect(pageLanguage(asked, accepted)).toBe(language);
});
