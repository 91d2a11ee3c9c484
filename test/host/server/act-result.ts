/** `value`: the result of the act, if any. */
export type ActResult = { ok: true; value?: unknown } | { ok: false; status: 400 | 404 | 409 | 500; message: string };
