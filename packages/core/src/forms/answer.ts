import type { LeadDraft } from '../catalog/fields';
import type { Matched } from '../lead/matched';
import type { NoLead } from '../lead/problems';
import type { ReadingSettings } from '../values/readingSettings';
import type { Role } from './evidence/roleWords';
import type { MatchReason } from '../lead/why';

/** One thing a form asked and somebody answered. */
export interface Answer {
	/** The form's own name of the question. */
	readonly key: string;
	/** The question as people read it, where it differs from the key. */
	readonly label?: string;
	/** The form's type of the question, for example `tel` or `PHONE_NUMBER`. */
	readonly type?: string;
	readonly value: unknown;
	/** Where in the payload it stands, for showing: `data.phone_number`. */
	readonly from: string;
	/** Whose it is, where the rest of the payload tells more than its own place. */
	readonly whose?: Role;
	/** Why it is taken for what its type says, where its source found that out. */
	readonly why?: MatchReason;
}

/** One person's answers, and what the source itself knows of the lead. */
export interface Submission {
	readonly answers: readonly Answer[];
	/** Values of fields that no person typed, such as the source or the campaign's name: dotted API path to answer. */
	readonly known?: readonly { readonly field: string; readonly value: unknown; readonly from: string }[];
	/** Ids and names of ads, forms and pages, kept as text in Custom Field. */
	readonly extra?: Readonly<Record<string, unknown>>;
	/** What came with the submission and is no part of the form, such as the query of a webhook: it fills what is open. */
	readonly beside?: readonly Answer[];
	/** Somebody wrote or called, who may have given no name. */
	readonly conversation?: 'chat' | 'call' | undefined;
	/** The source's own id of this submission. */
	readonly dedupeKey?: string | undefined;
	/** Of a payload that holds several submissions the part that is this one's alone. */
	readonly part?: unknown;
}

export interface RecognizedLead {
	readonly draft: LeadDraft;
	readonly matched: readonly Matched[];
	readonly warnings: readonly string[];
	/** What is done to most leads, such as a phone that was made international. @default none */
	readonly notes?: readonly string[];
	readonly dedupeKey?: string;
}

/** Why a payload gives no lead; `message` is in plain words. */
export interface FormProblem {
	readonly kind: 'notALead' | 'fetchFirst' | 'unreadable';
	readonly message: string;
	/** What an unreadable payload was, in words. */
	readonly found?: string;
}

export interface Recognition {
	/** The source's name as people know it, for example "Facebook Lead Ads". */
	readonly source: string;
	readonly leads: readonly RecognizedLead[];
	/** The first of `problems`. */
	readonly problem?: FormProblem;
	/** One for each part of a list that gave no lead, so that each can be accounted for; where there is one, it is `problem`. */
	readonly problems?: readonly FormProblem[];
}

/** What one source makes of a payload. */
export type SourceReading =
	/** `problems`: one for each part that is no lead, among others that are; `problemParts`: those parts, where they matter. */
	| {
			readonly submissions: readonly Submission[];
			readonly problems?: readonly NoLead[];
			readonly problemParts?: readonly unknown[];
	  }
	| { readonly problem: NoLead };

/** A lead source: `read` gives undefined where the payload is not of this source. Of the settings a source may need the country of phones. */
export interface Source {
	readonly name: string;
	readonly read: (payload: Readonly<Record<string, unknown>>, settings: ReadingSettings) => SourceReading | undefined;
}
