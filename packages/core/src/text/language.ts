export type Language = 'en' | 'ar';

/** A label in a language. */
export const labelIn = (
	{ label, labelAr }: { readonly label: string; readonly labelAr: string },
	language: Language,
): string => (language === 'ar' ? labelAr : label);
