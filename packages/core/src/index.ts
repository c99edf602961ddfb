export { type AlertKind, alertKinds, type Condition } from './alerts/condition';
export { type AlertData, type AlertMessage, readAlertMessage } from './alerts/alertMessage';
export { alertRound, startingMs } from './alerts/alertRound';
export { type ClockWatch, isClockBack, longestBackMs, watchClock } from './alerts/clockWatch';
export { conditionsOf, type DeliveryFacts, type HeldLeads } from './alerts/conditionsOf';
export { type KnownAlerts, withAlert } from './alerts/knownAlerts';
export { alertStateText, readAlertState } from './alerts/storedAlerts';
export { type Alert, type AlertState, decideAlerts, onTold, type Watched } from './alerts/decideAlerts';
export { type AlertContext, alertText } from './words/alertText';
export { type AlertPlace, type AlertText } from './words/types';
export { askedWaitMs, withRetryAfterSeconds } from './api/askedWait';
export { baseUrlFlaw } from './values/baseUrl';
export {
	type Answer,
	type Breaker,
	breaker,
	type BreakerEvent,
	changesAtMs,
	closed,
	eventsOf,
	longestAskedMs,
	mayLeave,
	mostUnanswered,
	type Open,
	pauseMsOf,
} from './delivery/circuitBreaker';
export { type Field, type FieldGroup, type FieldKind } from './catalog/fieldTypes';
export { fieldGroups } from './catalog/fieldTypes';
export {
	fieldAt,
	fieldNamed,
	type FieldPath,
	fields,
	fullNameSynonyms,
	type Lead,
	type LeadDraft,
} from './catalog/fields';
export { leadSchema } from './catalog/leadSchema';
export { mergeDrafts, withField } from './reading/draft';
export { addressDenied, codeOfProxy, type Fault, proxyAway, proxyRefused, readFault } from './outcome/networkFault';
export { type FormProblem, type Recognition, type RecognizedLead } from './forms/answer';
export { type Matched } from './lead/matched';
export { problemOutcome } from './forms/problem';
export { problemsOf, recognizeEach, type Recognized, recognizeForm, recognizeSteps } from './forms/recognize';
export { type HoldReason, holdReasons } from './outcome/holdReason';
export { type Issue } from './lead/problems';
export { type LeadReading, readLead } from './reading/readLead';
export { splitName } from './values/person';
export { headerOf } from './api/headerOf';
export { interpretResponse } from './api/interpretResponse';
export {
	type Headers,
	type MissingSetting,
	type Outcome,
	type OutcomeKind,
	outcomeOf,
	type Reply,
} from './outcome/outcome';
export { isFailure } from './outcome/isFailure';
export { messagesOf, outcomeObject, sentencesOf, type WordedOutcome, wordedOutcome } from './words/wordedOutcome';
export { outcomeKinds, outcomeLabel, type OutcomeRow } from './outcome/outcomeTable';
export { readAvailableQuota } from './api/rateLimitHeaders';
export { quotaRate } from './rateLimit/quotaRate';
export { initialQuota, onQuotaReply, type QuotaState } from './rateLimit/serverQuota';
export {
	boundedPace,
	initialLimiter,
	onSuccess,
	onThrottled,
	type LimiterState,
	currentRate,
	shiftedPace,
} from './rateLimit/adaptiveLimiter';
export { phoneCountries, type PhoneHandling } from './values/phone';
export {
	buildRequest,
	type Connection,
	hostOf,
	isGateway,
	isSendable,
	type LeadStatusRequest,
	type LeadRequest,
	requestWithBody,
	shownRequest,
	tidyBaseUrl,
} from './api/request';
export { hidden } from './outcome/shownRequest';
export { isSurelyWithout, surelyClean, withoutKeyInside } from './api/redact';
export {
	createAuthBreaker,
	neverProbe,
	type AuthBreaker,
	type ProbePolicy,
} from './delivery/authBreaker';
export { createLead } from './delivery/createLead';
export {
	type DedupeState,
	type DedupeStore,
	memoryDedupeStore,
} from './delivery/dedupeStore';
export {
	type ResendKnown,
	createDedupe,
	type InFlightKeys,
	type Dedupe,
	type SendRecorded,
} from './delivery/dedupe';
export { type DuplicateKey, dedupeKeyOf, type DedupeKey } from './lead/dedupeKey';
export { type QueuedFacts, checkLead, type ReadyLead } from './delivery/checkLead';
export { type Reading } from './lead/formReading';
export { type Host } from './delivery/host';
export { type Exchange, exchange } from './delivery/exchange';
export { sendOnce } from './delivery/sendOnce';
export { defaultBaseUrl, mostAnswerBytes } from './api/apiDefaults';
export {
	choices,
	defaultFlow,
	type Flow,
	defaultPolicy,
	type Limit,
	type LimitName,
	limits,
	type Policy,
	policyOf,
} from './delivery/policy';
export { flowSettings, policySettings, readPolicy } from './delivery/policySettings';
export { type SettingFlaw } from './values/settingFlaw';
export {
	choiceSetting,
	flagSetting,
	numberSetting,
	readSettings,
	textSetting,
	verbatimSetting,
} from './values/settingSchema';
export { settingText } from './words/settingText';
export { onFirstUse } from './text/onFirstUse';
export { defaultReading, type ReadingSettings } from './values/readingSettings';
export { readSubmission, submissionSteps, type Submitted } from './forms/readSubmission';
export { counted } from './words/english/counted';
export { explain, issueAt, issueText } from './words/words';
export { type Explanation } from './words/types';
export { agentText } from './words/agentText';
export { isRecord, parseJson } from './text/json';
export { isPlainObject } from './text/plainData';
export { labelIn, type Language } from './text/language';
export { suggestionName } from './words/suggestionNames';
export {
	type ConcurrencyState,
	type LoadSignal,
	initialConcurrency,
	mostAtOnce,
	onAnswer,
} from './rateLimit/adaptiveConcurrency';
export { createLimiter, type Limiter, loadSignalOf } from './rateLimit/limiter';
export { type CallRefusal, refusalStatus } from './outcome/callRefusal';
export { refusalText } from './words/refusalText';
export { type Call, type ReceivingHost, type ReceivingSecrets, type SecretName } from './receiving/call';
export { isMadeOfBody, slicesBefore } from './receiving/madeOfBody';
export { type Platform, type PlatformName, platformNames } from './receiving/platform';
export { platforms } from './receiving/platforms';
export { receivingHostOf } from './receiving/receivingHost';
export { type Reception, receive, type Submission } from './receiving/receive';
export { refusedCall } from './receiving/refusedCall';
export { withSubmissionId } from './receiving/withSubmissionId';
export { readTriggerItem, triggerItem, type TriggerSubmission } from './receiving/triggerItem';
export { type Fetched, fetchLeadgen } from './delivery/fetchLeadgen';
