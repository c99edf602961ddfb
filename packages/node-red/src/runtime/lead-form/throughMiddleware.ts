import type { FormRequest, FormResponse, Middleware } from './httpTypes';

/** What an administrator has put before all HTTP nodes comes before this one too; `then` is called if all let it through. */
export const throughMiddleware = (
	given: Middleware | readonly Middleware[] | undefined,
	request: FormRequest,
	response: FormResponse,
	then: () => void,
): void => {
	const all =
		given === undefined ? [] : Array.isArray(given) ? (given as readonly Middleware[]) : [given as Middleware];
	const next = (index: number, error?: unknown): void => {
		if (error !== undefined && error !== null) {
			response.statusCode = 500;
			response.end();
			return;
		}
		const middleware = all[index];
		if (middleware === undefined) then();
		else middleware(request, response, (fault) => next(index + 1, fault));
	};
	next(0);
};
