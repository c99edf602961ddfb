/** The part of fengari, a Lua in JavaScript, that the tests take; it brings no types. */
declare module 'fengari' {
	/** Opaque. */
	interface State {
		readonly l_G: unknown;
	}
	type Bytes = Uint8Array;
	export const to_luastring: (text: string) => Bytes;
	export const to_jsstring: (bytes: Bytes) => string;
	export const lua: {
		readonly LUA_OK: number;
		readonly LUA_TNUMBER: number;
		readonly LUA_TSTRING: number;
		readonly lua_pushboolean: (state: State, value: boolean) => void;
		readonly lua_pushinteger: (state: State, value: number) => void;
		readonly lua_pushstring: (state: State, value: Bytes) => void;
		readonly lua_pushcfunction: (state: State, call: (state: State) => number) => void;
		readonly lua_createtable: (state: State, array: number, record: number) => void;
		readonly lua_rawseti: (state: State, index: number, at: number) => void;
		readonly lua_setfield: (state: State, index: number, name: Bytes) => void;
		readonly lua_setglobal: (state: State, name: Bytes) => void;
		readonly lua_gettop: (state: State) => number;
		readonly lua_pop: (state: State, count: number) => void;
		readonly lua_type: (state: State, index: number) => number;
	};
	export const lauxlib: {
		readonly luaL_newstate: () => State;
		readonly luaL_dostring: (state: State, script: Bytes) => number;
		readonly luaL_tolstring: (state: State, index: number) => Bytes;
	};
	export const lualib: { readonly luaL_openlibs: (state: State) => void };
}
