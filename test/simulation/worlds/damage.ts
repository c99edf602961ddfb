import type { Disk } from '../disk/disk';
import type { Damage, FileDamage, Happening } from './plan';
import type { World } from './world';

/** A mark of a lead that may have been created, in a record that keeps those. */
export const mangleMark = (
	{ disk, say }: Pick<World, 'disk' | 'say'>,
	{ how, which }: Extract<Happening, { kind: 'mangleMark' }>,
): void => {
	for (const path of disk.paths()) {
		const folder = disk.folder(path);
		const keys = [...(folder?.data?.keys() ?? [])].filter((key) => key.startsWith('mark!')).sort();
		const key = keys[which % Math.max(1, keys.length)];
		if (key === undefined) continue;
		say('disk', `${key} comes back changed (${how})`);
		if (how === 'block') folder?.broken.add(key);
		else folder?.data?.set(key, (folder.data.get(key) ?? '').slice(0, 5));
		return;
	}
};

/** The outboxes are of another version: what waits in them is set aside by the next start. */
export const writeOtherFormat = ({ disk, say, facts }: Pick<World, 'disk' | 'say' | 'facts'>): void => {
	for (const path of disk.paths())
		if (/outbox-\w+$/.test(path)) {
			disk.folder(path)?.data?.set('format', 'another/9');
			say('disk', `${path} is of another version`);
		}
	for (const lead of facts.values()) lead.mayBeLost = true;
};

const keysOf: Partial<Record<Damage, RegExp>> = { index: /^(?:unacked|submission|note)!/, recent: /^recent!/ };

/** Files of each database on a disk of which no program runs come back changed. */
export const mangleFiles = ({ facts, say }: Pick<World, 'facts' | 'say'>, disk: Disk, how: FileDamage): void => {
	for (const path of disk.paths()) {
		const folder = disk.folder(path);
		if (folder?.data === undefined || !/(?:outbox-\w+|record|gateway)$/.test(path)) continue;
		say('disk', `files of ${path} are damaged: ${how}`);
		if (how === 'entry') folder.files.delete('CURRENT');
		else folder.ruin = how;
	}
	for (const lead of facts.values()) lead.mayBeLost = true;
};

/** Something that lies on the disk comes back changed. */
export const mangle = (
	{ facts, say }: World,
	disk: Disk,
	{ how, which }: { readonly how: Damage; readonly which: number },
): void => {
	for (const path of disk.paths()) {
		const folder = disk.folder(path);
		if (folder?.data === undefined || !/outbox|gateway/.test(path)) continue;
		// What a running database holds in memory stays as it was.
		if (how === 'key' && folder.lockedBy?.isAlive() === true) continue;
		const wanted = keysOf[how] ?? /^(?:waiting|sending|unconfirmed|ended)!/;
		const keys = [...folder.data.keys()].filter((key) => wanted.test(key)).sort();
		const key = keys[which % Math.max(1, keys.length)];
		if (key === undefined) continue;
		const text = folder.data.get(key) ?? '';
		for (const lead of facts.values()) if (text.includes(`"${lead.name}"`)) lead.mayBeLost = true;
		say('disk', `${key} comes back changed (${how})`);
		switch (how) {
			case 'cut':
			case 'index':
			case 'recent':
				folder.data.set(key, text.slice(0, text.length / 2));
				return;
			case 'field':
				folder.data.set(key, text.replace(/"lead":\{/, '"lead":{"campaignName":7,'));
				return;
			case 'newer':
				folder.data.set(key, text.replace(/"schemaVersion":\d+/, '"schemaVersion":9'));
				return;
			case 'key':
				folder.data.set(key.replace('!', '!x'), text);
				folder.data.delete(key);
				return;
			case 'block':
				folder.broken.add(key);
				return;
		}
	}
};
