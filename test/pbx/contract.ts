import { z } from 'zod';
import type { RecordedRequest } from './faulty-gate.ts';

/** The request as the contract sees it. */
type Sent = Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body' | 'contentType' | 'bearer'>;

interface Endpoint {
  /** The PBX answers this request without an access token. */
  open?: boolean;
  /** The query as a whole; absent: none may be sent. */
  query?: z.ZodType;
  /** The body as JSON, or the fields of a form; absent: none may be sent. */
  json?: z.ZodType;
  form?: z.ZodType;
}

const text = (max: number, min = 0): z.ZodString => z.string().min(min).max(max);
const domain = text(280, 1).optional();
const rewrite = text(16, 1).optional();

const credentials = z.strictObject({ username: text(64, 1), password: z.string(), domain });

/** POST /sessions (OpenAPI 22.2.11): all fourteen fields, and no others. */
const newSession = z.strictObject({
  caller: text(256),
  caller_display_name: text(1024).optional(),
  callee: text(256),
  send_sdp: z.boolean(),
  trunk: text(64, 1).optional(),
  rewrite_from: rewrite,
  rewrite_pai: rewrite,
  rewrite_rpi: rewrite,
  user_data: text(128).optional(),
  target: text(128).optional(),
  target_instance_id: text(128).optional(),
  target_extension_number: text(128).optional(),
  additional_header: z
    .enum([
      'ANSWER_MODE',
      'CALL_INFO',
      'ALERT_INFO_AUTO_ANSWER_DELAY0',
      'ALERT_INFO_AUTO_ANSWER',
      'ALERT_INFO_INTERCOM',
    ])
    .optional(),
  header_direction: z.enum(['CALLER', 'CALLEE', 'ALL']).optional(),
});

const clientId = z.literal('9d806019-75b2-4b3d-bb8b-f5a3a412cc0a');
const grant = z.discriminatedUnion('grant_type', [
  z.strictObject({
    grant_type: z.literal('password'),
    client_id: clientId,
    scope: z.literal('all'),
    username: z.string().min(1),
    password: z.string().min(1),
    domain,
  }),
  z.strictObject({ grant_type: z.literal('refresh_token'), client_id: clientId, refresh_token: z.string().min(1) }),
]);

const token = z.strictObject({ token: z.string() });
/** RFC 3339; PortSIP's pages write it in UTC. */
const dateFrom = z.strictObject({ date_from: z.iso.datetime() });
/** Not in the schema: "filter, orderby, top, skip" are documented in prose for every collection (REST API, About). */
const collection = z.strictObject({
  filter: z.string().optional(),
  orderby: z.string().optional(),
  top: z.string().regex(/^\d+$/).optional(),
  skip: z.string().regex(/^\d+$/).optional(),
});

/**
 * Every request that Traydial may send, as PortSIP documents it: OpenAPI 22.2.11, the page "Authentication" for OAuth,
 * and the API of release 16 for /tokens. `*` stands for one id.
 */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /api/info': { open: true, query: z.strictObject({ domain: z.string().optional() }) },
  'POST /api/auth/sign_in': { open: true, json: credentials },
  'POST /api/auth/send_otp': { open: true, json: token },
  'POST /api/auth/verify_otp': { open: true, json: token.extend({ code: z.string() }) },
  'POST /api/auth/refresh_token': { open: true, json: z.strictObject({ refresh_token: z.string() }) },
  'GET /api/auth/user': {},
  'POST /api/auth/sign_out': {},
  'POST /api/login/oauth/token': { open: true, form: grant },
  'POST /api/login/oauth/revoke': {},
  'POST /api/tokens': { open: true, json: credentials },
  'POST /api/tokens/refresh': {},
  'POST /api/tokens/destroy': {},
  'GET /api/user': {},
  'GET /api/user/status': {},
  'GET /api/tenant': {},
  'GET /api/user/cdrs': { query: collection },
  'POST /api/user/cdrs/sync_tokens': { query: dateFrom },
  'POST /api/user/cdrs/sync_tokens/*/diff': {},
  'POST /api/user/extension_contacts/sync_tokens': {},
  'POST /api/user/extension_contacts/sync_tokens/*/diff': {},
  'POST /api/user/business_contacts/sync_tokens': {},
  'POST /api/user/business_contacts/sync_tokens/*/diff': {},
  'POST /api/user/contacts/sync_tokens': {},
  'POST /api/user/contacts/sync_tokens/*/diff': {},
  // 22.6; the diff is a GET in 22.3 ("Summary of changes").
  'POST /api/user/crm_contacts/sync_tokens': {},
  'POST /api/user/crm_contacts/sync_tokens/*/diff': {},
  'GET /api/user/crm_contacts/sync_tokens/*/diff': {},
  'GET /api/user/call_queues': {},
  'GET /api/user/ring_groups': {},
  'GET /api/voicemails': { query: collection },
  'GET /api/sessions': {},
  'POST /api/sessions': { json: newSession },
  'GET /api/sessions/*': {},
  'POST /api/sessions/*/destroy': {},
  // The WebSocket of push signs in by its first frame.
  'GET /wsi': { open: true },
};

const WITH_ID = [
  /^(POST \/api\/user\/(?:cdrs|extension_contacts|business_contacts|contacts|crm_contacts)\/sync_tokens\/)[^/]+(\/diff)$/,
  /^(GET \/api\/user\/crm_contacts\/sync_tokens\/)[^/]+(\/diff)$/,
  /^(GET \/api\/sessions\/)[^/]+()$/,
  /^(POST \/api\/sessions\/)[^/]+(\/destroy)$/,
];

/**
 * The parts of these requests that no document allows, one per line: unknown paths, queries, fields, types and missing
 * tokens.
 */
export function contractViolations(requests: readonly Sent[]): string[] {
  return requests.flatMap((request) => {
    const name = WITH_ID.reduce((path, id) => path.replace(id, '$1*$2'), `${request.method} ${request.path}`);
    const endpoint = ENDPOINTS[name];
    if (endpoint === undefined) return [`${name}: no such request is documented`];
    return [
      ...(endpoint.open === true || request.bearer ? [] : ['an access token is missing']),
      ...problems('query', endpoint.query ?? z.strictObject({}), fieldsOf(request.query)),
      ...bodyProblems(endpoint, request),
    ].map((problem) => `${name}: ${problem}`);
  });
}

function bodyProblems({ json, form }: Endpoint, { body, contentType }: Sent): string[] {
  if (json !== undefined) {
    const type = contentType.startsWith('application/json') ? [] : [`the body is sent as "${contentType}"`];
    return [...type, ...problems('body', json, parsed(body))];
  }
  if (form !== undefined) {
    const type = contentType.startsWith('application/x-www-form-urlencoded') ? [] : ['the body is not a form'];
    return [...type, ...problems('body', form, fieldsOf(body))];
  }
  return body === '' ? [] : ['no body is documented'];
}

function problems(place: string, schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `${[place, ...path.map(String)].join('.')}: ${message}`);
}

const fieldsOf = (encoded: string): Record<string, string> => Object.fromEntries(new URLSearchParams(encoded));

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
