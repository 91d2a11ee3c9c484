import type { Clock } from '../../core/clock.ts';
import { orderFrom } from '../call-order.ts';
import type { Dialect } from '../dialect.ts';
import { behaviourOf } from '../dialled-numbers.ts';
import { forbidden, jsonObject, notJson, ok, refuse, refuseSilently } from '../http.ts';
import { placeCall } from '../placed-call.ts';
import type { Route } from '../router.ts';
import { sessionView } from '../session-view.ts';
import type { Session, Switchboard } from '../switchboard.ts';

/** What the permission "Company Call Sessions" allows. "View Only" can list calls, "Full Access" can also end them. */
export interface SessionPermissions {
  list: boolean;
  end: boolean;
}

interface SessionOptions {
  /** The clock for answers. The calls may have a faster one. */
  clock: Clock;
  board: Switchboard;
  may: SessionPermissions;
  dialect: Dialect;
}

/**
 * All live calls of the tenant, not only the user's own (OpenAPI 22.2 `/sessions*`). The permission "Company Call Sessions"
 * exists since 22.2.17.
 */
export const sessionRoutes = ({ clock, board, may, dialect }: SessionOptions): Route[] => [
  {
    method: 'GET',
    path: '/api/sessions',
    ofTenant: true,
    answer: () => {
      if (!may.list) return forbidden();
      const listed = board.sessions().filter((session) => dialect.isListed(session));
      const items = listed.map((session) => sessionView(session, clock.now(), dialect));
      // The OpenAPI document says 201 for this GET.
      return { status: 201, body: { count: items.length, items } };
    },
  },
  {
    method: 'GET',
    path: '/api/sessions/{id}',
    ofTenant: true,
    answer: (_request, id) => {
      if (!may.list) return forbidden();
      const session = ifListed(board.find(id), dialect);
      return session === null ? refuseSilently(404) : ok(sessionView(session, clock.now(), dialect));
    },
  },
  {
    method: 'POST',
    path: '/api/sessions',
    ofTenant: true,
    answer: (request) => {
      const body = jsonObject(request);
      if (body === null) return notJson();
      const order = orderFrom(body);
      if (!order.ok) return order.refusal;
      if (behaviourOf(order.order.callee, order.order.caller) === 'refused') {
        return refuse(403, 'UNKNOWN', 'You are not allowed to call this number');
      }
      return { status: 201, body: { id: placeCall(board, order.order).id } };
    },
  },
  {
    method: 'POST',
    path: '/api/sessions/{id}/destroy',
    ofTenant: true,
    answer: (_request, id) => {
      if (!may.end) return forbidden();
      if (!/^\d+$/.test(id)) return refuse(400, 'VALIDATE_FAILED', 'The id is not valid');
      const session = board.find(id);
      if (session === null) return refuse(404, 'UNKNOWN', 'There is no such session');
      board.hangUp(session);
      return { status: 204 };
    },
  },
];

const ifListed = (session: Session | null, dialect: Dialect): Session | null =>
  session !== null && dialect.isListed(session) ? session : null;
