import type { AcceptedLead } from './check';
import { randomBytes } from 'node:crypto';

/** What the API itself adds to a lead. */
export interface Birth {
	readonly id: string;
	readonly uid: string;
	readonly leadNumber: number;
	readonly organizationId: string;
	readonly createdAtMs: number;
}

const creator = '5a4db0c5a4db0c5a4db0c5a4';
const cairoOffsetMs = 3 * 60 * 60 * 1000;

/** `2025-08-17T17:13:14+03:00`: the guide gives `creationDate` so, and the other two dates in UTC. */
const cairoTime = (ms: number): string => `${new Date(ms + cairoOffsetMs).toISOString().slice(0, 19)}+03:00`;

/**
 * The 201 body, with every property of the guide's response example and in its order. A property that was not sent is
 * null; a list is empty.
 */
export function leadBody(lead: AcceptedLead, birth: Birth) {
	const person = lead.leadInformation;
	const createdAt = new Date(birth.createdAtMs).toISOString();
	return {
		leadInformation: {
			address: person.address,
			salutation: person.salutation,
			firstName: person.firstName,
			lastName: person.lastName,
			phone: person.phone,
			email: person.email,
			title: person.title,
			company: person.company,
		},
		deleted: false,
		deletedAt: null,
		lastAssignedDate: null,
		converted: false,
		leadtype: lead.leadtype,
		conversations: [],
		customFields: [],
		workflowStart: false,
		interests: lead.interests,
		territoryId: null,
		isFavorite: false,
		favoritedBy: [],
		additionalEmails: lead.additionalEmails,
		additionalPhones: lead.additionalPhones,
		proposalUrl: null,
		tags: lead.tags,
		assignedAccounts: [],
		claimedAt: null,
		workflowSetup: [],
		_id: birth.id,
		isQualified: lead.isQualified,
		leadSource: lead.leadSource,
		campaignName: lead.campaignName,
		setName: lead.setName,
		dealSize: lead.dealSize,
		region: lead.region,
		leadRating: lead.leadRating,
		leadDescription: lead.leadDescription,
		customField: lead.customField,
		createdBy: creator,
		creationDate: cairoTime(birth.createdAtMs),
		uid: birth.uid,
		realmId: birth.organizationId,
		units: [],
		activityLog: [],
		notes: [],
		documents: [],
		workflow: [],
		createdAt,
		updatedAt: createdAt,
		collaborators: [],
		leadNumber: birth.leadNumber,
		__v: 0,
	};
}

export type LeadBody = ReturnType<typeof leadBody>;

const uidLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Ids as the guide shows them: `id` 24 hex digits (seconds, chance, count), `uid` 12 capitals and digits. */
export function createIds(): (createdAtMs: number) => { readonly id: string; readonly uid: string } {
	const chance = randomBytes(5).toString('hex');
	let count = randomBytes(3).readUIntBE(0, 3);
	return (createdAtMs) => {
		count = (count + 1) % 0x1000000;
		const seconds = (Math.floor(createdAtMs / 1000) >>> 0).toString(16).padStart(8, '0');
		const uid = Array.from({ length: 12 }, () => uidLetters[Math.floor(Math.random() * uidLetters.length)]).join('');
		return { id: `${seconds}${chance}${count.toString(16).padStart(6, '0')}`, uid };
	};
}
