import { forbidden, refuse, refuseSilently, type PbxAnswer, type PbxRequest } from './http.ts';
import type { User } from './office.ts';

/** The handler for one method of one path. `id` is '' when the path has none. */
export type Route = {
  method: 'GET' | 'POST';
  /** `{id}` stands for one path segment. */
  path: string;
} & (
  | {
      /** The route needs no token. */
      open: true;
      answer(request: PbxRequest, id: string): PbxAnswer;
    }
  | {
      open?: false;
      /** A system administrator belongs to no tenant and gets 403 here. The real answer is not documented. */
      ofTenant?: true;
      answer(request: PbxRequest, id: string, user: User): PbxAnswer;
    }
);

/** Finds the route of a request and rejects requests without a valid token. */
export class Router {
  readonly #routes: readonly Route[];
  readonly #userOf: (token: string) => User | null;

  constructor(routes: readonly Route[], userOf: (token: string) => User | null) {
    this.#routes = routes;
    this.#userOf = userOf;
  }

  answer(request: PbxRequest): PbxAnswer {
    const known = this.#routes.flatMap((route) => {
      const id = idIn(route.path, request.path);
      return id === null ? [] : [{ route, id }];
    });
    if (known.length === 0) return refuseSilently(404);
    const found = known.find(({ route }) => route.method === request.method);
    if (found === undefined) return refuseSilently(405, { allow: known.map(({ route }) => route.method).join(', ') });
    const { route, id } = found;
    if (route.open === true) return route.answer(request, id);
    const user = this.#userOf(request.token);
    if (user === null) return refuse(401, 'UNAUTHORIZED', 'The access token is missing, unknown or expired');
    return route.ofTenant === true && user.domain === '' ? forbidden() : route.answer(request, id, user);
  }
}

/** The `{id}` of a matching path, '' for a path without one, null when the path does not match. */
function idIn(pattern: string, path: string): string | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  let id = '';
  for (const [index, segment] of given.entries()) {
    if (wanted[index] === '{id}' && segment !== '') id = segment;
    else if (wanted[index] !== segment) return null;
  }
  return id;
}
