import { lauxlib, lua, lualib, to_jsstring, to_luastring } from 'fengari';

export type RedisValue = string | number | null | readonly RedisValue[];
export type Call = (name: string, ...args: readonly string[]) => RedisValue;

type State = ReturnType<typeof lauxlib.luaL_newstate>;

const push = (state: State, value: RedisValue): void => {
	if (value === null) lua.lua_pushboolean(state, false);
	else if (typeof value === 'number') lua.lua_pushinteger(state, value);
	else if (typeof value === 'string') lua.lua_pushstring(state, to_luastring(value));
	else {
		lua.lua_createtable(state, value.length, 0);
		for (const [index, each] of value.entries()) {
			push(state, each);
			lua.lua_rawseti(state, -2, index + 1);
		}
	}
};

/** Redis makes whole numbers of the numbers that a script gives. */
const pop = (state: State): RedisValue => {
	const text = to_jsstring(lauxlib.luaL_tolstring(state, -1));
	const type = lua.lua_type(state, -2);
	if (type === lua.LUA_TNUMBER) return Math.trunc(Number(text));
	return type === lua.LUA_TSTRING ? text : null;
};

/** Runs a script as Redis does: with `KEYS`, `ARGV` and `redis.call`. Throws what it, or a command, says is wrong. */
export const runLua = (script: string, keys: readonly string[], args: readonly string[], call: Call): RedisValue => {
	const state = lauxlib.luaL_newstate();
	lualib.luaL_openlibs(state);
	lua.lua_createtable(state, 0, 1);
	lua.lua_pushcfunction(state, (inner: State) => {
		const given = Array.from({ length: lua.lua_gettop(inner) }, (_, index) => {
			const text = to_jsstring(lauxlib.luaL_tolstring(inner, index + 1));
			lua.lua_pop(inner, 1);
			return text.replace(/\.0$/, '');
		});
		push(inner, call(given[0] ?? '', ...given.slice(1)));
		return 1;
	});
	lua.lua_setfield(state, -2, to_luastring('call'));
	lua.lua_setglobal(state, to_luastring('redis'));
	for (const [name, values] of Object.entries({ KEYS: keys, ARGV: args })) {
		push(state, values);
		lua.lua_setglobal(state, to_luastring(name));
	}
	// Redis has Lua 5.1, in which this is no member of `table`.
	const isDone = lauxlib.luaL_dostring(state, to_luastring(`unpack = table.unpack\n${script}`)) === lua.LUA_OK;
	if (!isDone) throw new Error(to_jsstring(lauxlib.luaL_tolstring(state, -1)));
	return pop(state);
};
