import { make } from './dom';

/** Lets the browser keep a file. */
export const saveFile = (file: Blob, name: string): void => {
	const address = URL.createObjectURL(file);
	const link = make('a', { href: address, download: name, hidden: '' });
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(address), 0);
};
