/** The part of Node-RED's editor that the dialogs use, as 4.1 and 5.0 have it; the published types lack half of it. */

/** A node as the editor holds it: its properties, and the words of its own locale. */
export interface EditorNode {
	readonly id: string;
	readonly type: string;
	/** Absent on a node that was not added yet. */
	readonly _?: (key: string, blanks?: Readonly<Record<string, string | number>>) => string;
	readonly credentials?: { readonly apiKey?: string; readonly has_apiKey?: boolean };
	readonly valid?: boolean;
	[property: string]: unknown;
}

/** Exactly two parameters: only such a check may answer with a sentence instead of false. */
export type Validate = (this: EditorNode, value: unknown, options: unknown) => true | string;

interface Property {
	readonly value: unknown;
	/** The type of the config node that the value names. */
	readonly type?: string;
	readonly required?: boolean;
	readonly validate?: Validate;
}

interface NodeDefinition {
	readonly category: string;
	readonly defaults: Readonly<Record<string, Property>>;
	readonly credentials?: Readonly<Record<string, { readonly type: 'text' | 'password' }>>;
	readonly color?: string;
	readonly icon?: string;
	readonly align?: 'left' | 'right';
	readonly inputs?: number;
	readonly outputs?: number;
	readonly label?: (this: EditorNode) => string;
	readonly labelStyle?: (this: EditorNode) => string;
	readonly paletteLabel?: (this: EditorNode) => string;
	readonly outputLabels?: (this: EditorNode, index: number) => string;
	readonly oneditprepare?: (this: EditorNode) => void;
	readonly oneditsave?: (this: EditorNode) => void;
	readonly oneditcancel?: (this: EditorNode) => void;
	/** `this` is the definition, which has the words of its locale too. */
	readonly onpaletteadd?: (this: EditorNode) => void;
	readonly onpaletteremove?: (this: EditorNode) => void;
}

interface SidebarTab {
	readonly id: string;
	readonly label: string;
	readonly name: string;
	readonly iconClass: string;
	readonly content: JQuery;
	/** Usable while a dialog is open. */
	readonly enableOnEdit: boolean;
}

interface Tabs {
	addTab(tab: { readonly id: string; readonly label: string }): void;
	resize(): void;
}

interface Editor {
	readonly nodes: {
		registerType(type: string, definition: NodeDefinition): void;
		node(id: string): EditorNode | null | undefined;
	};
	readonly tabs: {
		create(options: { readonly id: string; readonly onchange: (tab: { readonly id: string }) => void }): Tabs;
	};
	readonly sidebar: {
		addTab(tab: SidebarTab): void;
		removeTab(id: string): void;
		show(id: string): void;
	};
	readonly events: {
		on(name: string, listener: (value: never) => void): void;
		off(name: string, listener: (value: never) => void): void;
		emit(name: string, value: unknown): void;
	};
	/** As the editor was told at its start. */
	readonly settings: { readonly httpNodeRoot?: string };
	readonly view: { reveal(nodeId: string): void };
	/** True, or what is wrong with a typed input's value. */
	readonly utils: { validateTypedProperty(value: string, type: string): true | string };
}

declare global {
	const RED: Editor;

	interface JQuery {
		typedInput(options: { readonly types: readonly string[]; readonly default: string }): this;
		typedInput(method: 'value' | 'type'): string;
		typedInput(method: 'value' | 'type', value: string): this;
	}
}
