import { channelPattern, keyPatterns, neededCommands, type Probe } from './permissionProbes';

/** What a Redis user may not do, in the parts that `ACL SETUSER` takes. */
export interface MissingAccess {
	/** Names of commands, lower case; a subcommand as `client|setname`. */
	readonly commands: readonly string[];
	/** Patterns of keys, without their `~`. */
	readonly keys: readonly string[];
	/** Patterns of channels, without their `&`. */
	readonly channels: readonly string[];
	/** The rest could not be asked, so it may be lacking as well. */
	readonly isPart?: true;
}

export type Answer = Error | undefined;

/** Which of the three Redis spoke of; its words differ between versions. A user may be called anything, so the command is looked for first. */
const refusedPart = (error: Answer): 'command' | 'channel' | 'keys' | undefined => {
	if (error === undefined || !error.message.startsWith('NOPERM')) return undefined;
	if (/ to run the '/.test(error.message)) return 'command';
	return /channel/.test(error.message) ? 'channel' : 'keys';
};

/**
 * What is lacking, by the answers to `asked` in their order. A pattern is told only where Redis refused one: beside `~*` it
 * does not take another, so that nothing may be given that is there. What hides behind a command is told the next time.
 */
export const missingAccessOf = (asked: readonly Probe[], answers: readonly Answer[]): MissingAccess | undefined => {
	const parts = asked.map((probe, index) => ({ probe, part: refusedPart(answers[index]) }));
	const commands = parts
		.filter(({ part }) => part === 'command')
		.map(
			({
				probe: {
					args: [name, sub],
				},
			}) => (name === 'client' ? `${name}|${sub ?? ''}` : name),
		);
	const isRefused = (on: Probe['on'], wanted: 'keys' | 'channel'): boolean =>
		parts.some(({ probe, part }) => probe.on === on && part === wanted);
	const keys = (['keys', 'queueKeys'] as const).filter((on) => isRefused(on, 'keys')).map((on) => keyPatterns[on]);
	const channels = isRefused('channel', 'channel') ? [channelPattern] : [];
	return commands.length + keys.length + channels.length === 0
		? undefined
		: { commands: [...new Set(commands)], keys, channels };
};

/** The command of Redis that gives a user what it lacks; every command where not all could be asked. */
export const aclLine = (user: string, { commands, keys, channels, isPart }: MissingAccess): string =>
	[
		'ACL SETUSER',
		user,
		...keys.map((pattern) => `~${pattern}`),
		...channels.map((pattern) => `&${pattern}`),
		...(isPart === true ? neededCommands : commands).map((name) => `+${name}`),
	].join(' ');
