/**
 * Faults that are planted one at a time, each against one rule of the product: `npm run simulate -- --planted` must find
 * every one. A row whose text does not stand in its file exactly once fails, so that none of them goes quietly.
 */
const core = (path) => `packages/core/src/${path}`;
const outbox = (path) => `packages/outbox/src/${path}`;
const nodeRed = (path) => `packages/node-red/src/runtime/${path}`;

export const faults = [
	{
		name: 'retry: a lost answer is sent again',
		file: core('delivery/retryPolicy.ts'),
		search: "return isRetrySafe || unconfirmed === 'resend';",
		replace: 'return true;',
	},
	{
		name: 'retry: a wait that was asked for is cut short',
		file: core('rateLimit/adaptiveLimiter.ts'),
		search: "if (nowMs < pace.heldUntilMs) return { kind: 'wait', inMs: pace.heldUntilMs - nowMs };",
		replace: '',
	},
	{
		name: 'answers: a 500 says that nothing was created',
		file: core('api/interpretRefusal.ts'),
		search: "	return outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'serverFault' } }, { status });",
		replace: "	return outcomeOf({ outcome: 'failed', cause: { kind: 'status', text: '' } }, { status });",
	},
	{
		name: 'answers: any 503 may be sent again',
		file: core('api/interpretRefusal.ts'),
		search: "(status === 503 && headerOf(headers, 'retry-after') !== null)",
		replace: 'status === 503',
	},
	{
		name: 'answers: a 2xx that says nothing is a created lead',
		file: core('api/interpretResponse.ts'),
		search: "return outcomeOf({ outcome: 'unconfirmed', cause: { kind: 'unreadable' } }, { status });",
		replace: "return outcomeOf({ outcome: 'created', cause: { kind: 'answered' }, answer: {} }, { status });",
	},
	{
		name: 'limiter: the cap is not kept after a 429',
		file: core('rateLimit/adaptiveLimiter.ts'),
		search: 'nextAtMs: Math.max(heldUntilMs, ownNextAtMs(pace, nowMs)),',
		replace: 'nextAtMs: heldUntilMs,',
	},
	{
		name: 'limiter: the cap is not kept at all',
		file: core('rateLimit/adaptiveLimiter.ts'),
		search: 'nextAtMs: from + 1000 / rate',
		replace: 'nextAtMs: from',
	},
	{
		name: 'limiter: the latest of several 429 shortens the wait',
		file: core('rateLimit/adaptiveLimiter.ts'),
		search: 'heldUntilMs: Math.max(pace.heldUntilMs, askedMs === null ? 0 : nowMs + askedMs)',
		replace: 'heldUntilMs: askedMs === null ? pace.heldUntilMs : nowMs + askedMs',
	},
	{
		name: 'breaker: nothing holds a refused key',
		file: core('delivery/circuitBreaker.ts'),
		search: 'untilMs: nowMs + pauseOf(why, consecutiveFailures, askedMs),',
		replace: 'untilMs: nowMs,',
	},
	{
		name: 'breaker: a hold that ends only once something passes',
		file: core('delivery/circuitBreaker.ts'),
		search: "state.kind === 'closed' ? undefined : state.untilMs;",
		replace: "state.kind === 'closed' ? undefined : state.kind === 'open' ? state.untilMs : Number.POSITIVE_INFINITY;",
	},
	{
		name: 'breaker: a probe that tells nothing is waited for',
		file: core('delivery/circuitBreaker.ts'),
		search: "	if (state.kind !== 'halfOpen') return state;\n",
		replace: '	if (state.kind !== undefined) return state;\n',
	},
	{
		name: 'breaker: the pause doubles without end',
		file: core('delivery/circuitBreaker.ts'),
		search: 'Math.min(longestPauseMs[why], firstPauseMs * 2 ** (consecutiveFailures - 1))',
		replace: 'firstPauseMs * 2 ** (consecutiveFailures - 1)',
	},
	{
		name: 'breaker: one organization that is refused holds all of its key',
		file: core('delivery/circuitBreaker.ts'),
		search: "? { shared: { kind: 'passed', leftAtMs }, organization: answer }",
		replace: '? { shared: answer, organization: answer }',
	},
	{
		name: 'breaker: what is asked for holds without a bound',
		file: core('delivery/circuitBreaker.ts'),
		search: 'Math.min(longestAskedMs, askedMs));',
		replace: 'askedMs);',
	},
	{
		name: 'dedupe: a mark of a lost lead is not looked at',
		file: core('delivery/dedupe.ts'),
		search: "return mark === 'sending' && again !== 'ifUnanswered' ? earlier() : undefined;",
		replace: 'return undefined;',
	},
	{
		name: 'dedupe: a key that is being sent is not waited for',
		file: core('delivery/dedupe.ts'),
		search: 'if (running === undefined) return await begin(key, send, takesOver);',
		replace: 'if (running === undefined || running !== undefined) return await begin(key, send, takesOver);',
	},
	{
		name: 'dedupe: the mark of a lost lead is taken off',
		file: core('delivery/dedupe.ts'),
		search: "return outcome === 'unconfirmed' ? 'sending' : undefined;",
		replace: 'return undefined;',
	},
	{
		name: 'dedupe: no mark is made before a lead leaves',
		file: core('delivery/dedupe.ts'),
		search: "const isNoted = await write(key, 'sending');",
		replace: 'const isNoted = true;',
	},
	{
		name: 'dedupe: whoever waited sends although the first one did',
		file: core('delivery/dedupe.ts'),
		search: "if (outcome === 'unconfirmed') return earlier();",
		replace: '',
	},
	{
		name: 'group commit: what comes in during a write is forgotten',
		file: outbox('store/batchWrites.ts'),
		search: 'next = undefined;\n				await write(mine);',
		replace: 'await write(mine);\n				next = undefined;',
	},
	{
		name: 'group commit: a write is said to be done before it is',
		file: outbox('store/batchWrites.ts'),
		search: 'await next.done;',
		replace: 'next.done.catch(() => undefined);',
	},
	{
		name: 'acknowledgment: a lead is taken before it is on disk',
		file: outbox('queue/enqueue.ts'),
		search: '			await writing;\n',
		replace: '			writing.catch(() => undefined);\n',
	},
	{
		name: 'acknowledgment: what was told as not kept is sent',
		file: outbox('queue/enqueue.ts'),
		search: "removeUnkept({ kind: 'remove', id, from: shelf, submissionKey: lead.submissionKey });",
		replace: 'lines.add(id);',
	},
	{
		name: 'queue: any number may wait',
		file: outbox('queue/enqueue.ts'),
		search: "return counts.waiting < options.maxWaiting ? 'room' : 'full';",
		replace: "return 'room';",
	},
	{
		name: 'queue: one more is on its way than may be',
		file: outbox('queue/concurrency.ts'),
		search: '(counts.get(groupOf(partition)) ?? 0) < (isUnverified',
		replace: '(counts.get(groupOf(partition)) ?? 0) <= (isUnverified',
	},
	{
		name: 'queue: what is set aside is not looked at again',
		file: outbox('queue/fifoByOrganization.ts'),
		search: '			lookAgain(due.group, due.member);\n',
		replace: '			if (due.member === undefined) lookAgain(due.group);\n',
	},
	{
		name: 'queue: it sleeps once and never again',
		file: outbox('queue/pump.ts'),
		search: '		state.wakeAtMs = Number.POSITIVE_INFINITY;\n',
		replace: '',
	},
	{
		name: 'delivery: no mark before a lead leaves',
		file: outbox('queue/claim.ts'),
		search:
			"	await writeMove(store, { kind: 'put', entry: claimed(state, entry), shelf: 'sending', from: 'waiting' });\n",
		replace: '',
	},
	{
		name: 'delivery: one that was marked although its write failed is left lying',
		file: outbox('queue/claim.ts'),
		search: 'if (marked === undefined) return leavesNothing(state, id);',
		replace: "if (marked === undefined || id !== '') return leavesNothing(state, id);",
	},
	{
		name: 'delivery: one lead is delivered twice at once',
		file: outbox('queue/deliver.ts'),
		search: 'if (state.onTheWay.has(id)) {',
		replace: 'if (state.onTheWay.has(`${id} `)) {',
	},
	{
		name: 'delivery: what waits again is written once and no more',
		file: outbox('store/retryWrite.ts'),
		search: '		if (isClosed()) return false;\n',
		replace: '		if (everyMs > 0) return false;\n',
	},
	{
		name: 'delivery: an expired key ends a lead',
		file: outbox('queue/nextStep.ts'),
		search: "		case 'unauthorized':\n			return { kind: 'hold', why: 'key' };",
		replace: "		case 'unauthorized':\n			return { kind: 'end' };",
	},
	{
		name: 'delivery: an API that cannot be reached ends a lead',
		file: outbox('queue/nextStep.ts'),
		search: "				case 'notReached':\n					return { kind: 'hold', why: 'network' };",
		replace: "				case 'notReached':\n					return { kind: 'end' };",
	},
	{
		name: 'telling: nothing on disk says that an outcome is to be told',
		file: outbox('queue/settle.ts'),
		search: '[autoAck ? put : { ...put, unacked: true }]',
		replace: '[put]',
	},
	{
		name: 'telling: an outcome is told again where its note failed',
		file: outbox('queue/notify.ts'),
		search: 'if (state.acks.unnoted.has(id)) return acknowledge(state, id);',
		replace: '',
	},
	{
		name: 'recovery: what was cut off is sent once more',
		file: outbox('store/recover.ts'),
		search: "return { kind: 'put', entry: ended, shelf: 'unconfirmed', from: 'sending', unacked: true };",
		replace: "return { kind: 'put', entry, shelf: 'waiting', from: 'sending' };",
	},
	{
		name: 'recovery: what was cut off is told to nobody',
		file: outbox('store/recover.ts'),
		search: "shelf: 'unconfirmed', from: 'sending', unacked: true };",
		replace: "shelf: 'unconfirmed', from: 'sending' };",
	},
	{
		name: 'recovery: what waits is forgotten',
		file: outbox('store/recover.ts'),
		search: '			waiting.push(...own);\n',
		replace: '',
	},
	{
		name: 'recovery: arrivals are numbered from the beginning',
		file: outbox('store/recover.ts'),
		search: 'lastArrival = Math.max(lastArrival, arrivalOf(id));',
		replace: 'lastArrival = Math.min(lastArrival, arrivalOf(id));',
	},
	{
		name: 'disk: after a failure the database is not opened again',
		file: outbox('store/reopening.ts'),
		search: '		return await reopen();\n',
		replace: '		throw lastError;\n',
	},
	{
		name: 'shutdown: nobody waits for what is on its way',
		file: outbox('queue/outbox.ts'),
		search: '	await Promise.race([drained(), patience]);\n',
		replace: '	void drained;\n	void patience;\n',
	},
	{
		name: 'shutdown: it waits for longer than its host does',
		file: outbox('queue/outbox.ts'),
		search: '	await Promise.race([drained(), patience]);\n',
		replace: '	await drained();\n	void patience;\n',
	},
	{
		name: 'accounts: every lead goes to the organization of its account',
		file: nodeRed('account/sender.ts'),
		search: "	organizationId: organizationId === '' ? settings.organizationId : organizationId,",
		replace: "	organizationId: organizationId === '' ? settings.organizationId : settings.organizationId,",
	},
	{
		name: 'people: what a person said before is carried into a new try',
		file: outbox('queue/admin.ts'),
		search: '	resend: true,\n',
		replace: '	resend: true,\n	...(resolved === undefined ? {} : { resolved }),\n',
	},
	{
		name: 'queue: every wait that comes sooner leaves its sleeper behind',
		file: outbox('queue/pump.ts'),
		search: '		if (state.wakeAtMs !== atMs) return;\n',
		replace: '',
	},
];
