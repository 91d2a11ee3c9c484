/** `value` is what the act brought back, if anything. */
export type ActResult = { ok: true; value?: unknown } | { ok: false; status: 400 | 404 | 409 | 500; message: string };
