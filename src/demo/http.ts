/** A parsed request. */
export interface PbxRequest {
  method: string;
  /** The path without the query. */
  path: string;
  query: URLSearchParams;
  /** In lower case; '' when missing. */
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
  /** The body as a value for JSON, or as a text; absent for an empty body. */
  body?: unknown;
}

export const ok = (body?: unknown): PbxAnswer => ({ status: 200, ...(body === undefined ? {} : { body }) });

/** The documented codes that are used here. A release may add others ("Errors", PortSIP REST API overview). */
export type ErrorCode = 'UNKNOWN' | 'VALIDATE_FAILED' | 'UNAUTHORIZED';

/** A refusal with the documented body. */
export const refuse = (status: number, code: ErrorCode, message: string, detail?: unknown): PbxAnswer => ({
  status,
  body: { errors: [{ code, message, ...(detail === undefined ? {} : { detail }) }] },
});

/** A refusal without a body, as a real PBX sends some. */
export const refuseSilently = (status: number, headers?: Record<string, string>): PbxAnswer => ({
  status,
  ...(headers === undefined ? {} : { headers }),
});

/** The answer when a permission is missing. Its body is not documented. */
export const forbidden = (): PbxAnswer => refuse(403, 'UNKNOWN', 'Permission denied');

/** The answer after five failed sign-ins. Its status is not documented. */
export const blocked = (): PbxAnswer => refuse(403, 'UNKNOWN', 'This address is blocked: too many failed sign-ins');

/** The JSON object in the body of a request; null for any other body. */
export function jsonObject(request: Pick<PbxRequest, 'body'>): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(request.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

export const notJson = (): PbxAnswer => refuse(400, 'VALIDATE_FAILED', 'The body must be a JSON object');
