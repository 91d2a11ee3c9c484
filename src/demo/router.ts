import { refuse, refuseSilently, type PbxAnswer, type PbxRequest } from './http.ts';

export interface Route {
  method: 'GET' | 'POST';
  /** `{id}` stands for one path segment. */
  path: string;
  /** Answers without a token. */
  open?: boolean;
  /** `id` is '' where the path has none. */
  answer(request: PbxRequest, id: string): PbxAnswer;
}

/** Finds the route of a request and keeps out who has no live token. */
export class Router {
  readonly #routes: readonly Route[];
  readonly #isLive: (token: string) => boolean;

  constructor(routes: readonly Route[], isLive: (token: string) => boolean) {
    this.#routes = routes;
    this.#isLive = isLive;
  }

  answer(request: PbxRequest): PbxAnswer {
    const known = this.#routes.flatMap((route) => {
      const id = idIn(route.path, request.path);
      return id === null ? [] : [{ route, id }];
    });
    if (known.length === 0) return refuseSilently(404);
    const found = known.find(({ route }) => route.method === request.method);
    if (found === undefined) return refuseSilently(405, { allow: known.map(({ route }) => route.method).join(', ') });
    if (found.route.open !== true && !this.#isLive(request.token)) {
      return refuse(401, 'UNAUTHORIZED', 'The access token is missing, unknown or expired');
    }
    return found.route.answer(request, found.id);
  }
}

/** The `{id}` of a path that fits, '' for one without, null for one that does not fit. */
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
