import { normalizeKey } from '../text/text';

/** Cities where mobile numbers begin with 05, as people write them. Others' numbers are told apart by their digits alone. */
const cities: Readonly<Record<'SA' | 'AE', string>> = {
	SA:
		'Riyadh,Jeddah,Jidda,Jeddah City,Mecca,Makkah,Medina,Madinah,Dammam,Khobar,Al Khobar,Dhahran,Jubail,Taif,Tabuk,Buraidah,Abha,Khamis Mushait,' +
		'Hail,Najran,Jazan,Yanbu,Al Ahsa,Qatif,الرياض,جدة,جده,مكة,مكة المكرمة,المدينة المنورة,الدمام,الخبر,الظهران,الجبيل,الطائف,تبوك,بريدة,أبها,' +
		'خميس مشيط,حائل,نجران,جازان,ينبع,الأحساء,القطيف',
	AE: 'Dubai,Abu Dhabi,Sharjah,Ajman,Al Ain,Ras Al Khaimah,Fujairah,Umm Al Quwain,دبي,أبوظبي,أبو ظبي,الشارقة,عجمان,العين,رأس الخيمة,الفجيرة,أم القيوين',
};

const byName: ReadonlyMap<string, 'SA' | 'AE'> = new Map(
	(['SA', 'AE'] as const).flatMap((country) =>
		cities[country].split(',').map((name) => [normalizeKey(name), country] as const),
	),
);

/** The country of a city of Saudi Arabia or the Emirates; undefined for any other. */
export const gulfCountryOf = (city: string): 'SA' | 'AE' | undefined =>
	city.length > 60 ? undefined : byName.get(normalizeKey(city));
