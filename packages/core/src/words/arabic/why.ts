import type { MatchReason } from '../../lead/why';

/** Why a value of a form went where it did, in a few words. */
export const why = ({ kind }: MatchReason): string => {
	switch (kind) {
		case 'type':
			return 'نوع السؤال يدل عليه';
		case 'words':
			return 'اسم السؤال يذكره ضمن كلمات أخرى';
		case 'mention':
			return 'السؤال يذكره، والإجابة تشبهه';
		case 'group':
			return 'المجموعة التي هو فيها تدل عليه';
		case 'value':
			return 'اسم السؤال لا يدل على شيء، والإجابة تشبهه';
		case 'parts':
			return 'جُمع من أجزائه';
		case 'sender':
			return 'لمن كتب أو اتصل';
		case 'line':
			return 'سطر من النص';
		case 'ofOther':
			return 'لشخص آخر أو للشركة نفسها';
		case 'ofThing':
			return 'لشيء وليس للشخص';
		case 'ofVisit':
			return 'للزيارة وليس للشخص';
	}
};
