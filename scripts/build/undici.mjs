/** For the builds of what sends with undici: its agents, without the browser's interfaces, mocks and caches beside them. */

/** By which file of undici's each name comes that `packages/http` imports. */
const files = {
	Agent: 'dispatcher/agent',
	Client: 'dispatcher/client',
	EnvHttpProxyAgent: 'dispatcher/env-http-proxy-agent',
	Pool: 'dispatcher/pool',
	ProxyAgent: 'dispatcher/proxy-agent',
};

/** A plugin of esbuild's, in place of undici's own index, which loads and carries all of it. */
export const undiciAgents = {
	name: 'undici-agents',
	setup: ({ onLoad }) => {
		onLoad({ filter: /[\\/]node_modules[\\/]undici[\\/]index\.js$/ }, () => ({
			loader: 'js',
			contents: [
				// As its own index does: a proxy's agent asks for its tunnels so.
				"Object.assign(require('./lib/dispatcher/dispatcher').prototype, require('./lib/api'));",
				...Object.entries(files).map(([name, file]) => `exports.${name} = require('./lib/${file}');`),
			].join('\n'),
		}));
	},
};
