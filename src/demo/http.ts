/** A parsed request. */
export interface PbxRequest {
  method: string;
  /** Without query. */
  path: string;
  query: URLSearchParams;
  /** Lower case, '' when missing. */
  contentType: string;
  body: string;
  /** The bearer token, '' when there is none. */
  token: string;
  /** The client's IP address. */
  address: string;
}

export interface PbxAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; an absent body is empty. */
  body?: unknown;
}

export const ok = (body?: unknown): PbxAnswer => ({ status: 200, ...(body === undefined ? {} : { body }) });

/** Documented codes; any release may add new ones ("Errors", PortSIP REST API overview). */
export type ErrorCode = 'UNKNOWN' | 'VALIDATE_FAILED' | 'UNAUTHORIZED';

/** A refusal with the documented body. Some real refusals have no body: see `refuseSilently`. */
export const refuse = (status: number, code: ErrorCode, message: string, detail?: unknown): PbxAnswer => ({
  status,
  body: { errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] },
});

export const refuseSilently = (status: number, headers?: Record<string, string>): PbxAnswer => ({
  status,
  ...(headers === undefined ? {} : { headers }),
});

/** The body of a missing permission's answer is not documented. */
export const forbidden = (): PbxAnswer => refuse(403, 'UNKNOWN', 'Permission denied');

/** After five failed sign-ins; its status is not documented. */
export const blocked = (): PbxAnswer => refuse(403, 'UNKNOWN', 'This address is blocked: too many failed sign-ins');

/** The request's JSON object; null when the body holds anything else. */
export function jsonObject(request: Pick<PbxRequest, 'body'>): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(request.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

export const notJson = (): PbxAnswer => refuse(400, 'VALIDATE_FAILED', 'The body must be a JSON object');
