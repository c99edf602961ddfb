import { createRandom, type Random } from '../kernel/random';
import { type Connection, createBullModel } from './bullModel';
import { type Machine, ModelClient } from './redisClient';

/** What stands in for ioredis, BullMQ and the chance of Node.js, in whatever loads the gateway. */

/** Which program an address belongs to. */
const machines = new Map<string, Machine>();
let random: Random = createRandom(1);

export const register = (name: string, machine: Machine): void => {
	machines.set(name, machine);
};
export const seedChance = (given: Random): void => {
	random = given;
};
export const randomBytes = (size: number): Buffer =>
	Buffer.from(Array.from({ length: size }, () => random.int(0, 255)));

/** A client of the program that has this address. */
export const Redis = function (url: string, options: object): ModelClient {
	const machine = machines.get(url.replace('redis://', ''));
	if (machine === undefined) throw new Error(`Nobody is at ${url}.`);
	return new ModelClient(machine, options);
};
export const { Queue, Worker, Job, DelayedError, WaitingError, UnrecoverableError } = createBullModel(
	(connection) => connection as Connection,
);
