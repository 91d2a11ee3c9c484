import { Agent, request } from 'undici';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { openTestPbx, type TestPbx, type TestPbxOptions } from '../../pbx/test-pbx.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The parsed body, undefined if it is not JSON. */
  json: unknown;
}

interface Call {
  token?: string;
  json?: unknown;
  form?: Record<string, string>;
  text?: string;
  signal?: AbortSignal;
}

const Tokens = z.object({ access_token: z.string(), refresh_token: z.string() });
const Session = z.object({
  id: z.string(),
  calls: z.array(
    z.object({
      caller: z.string(),
      caller_display_name: z.string(),
      callee: z.string(),
      trunk: z.string().nullable(),
      started_at: z.string(),
      talking_time: z.number().int().optional(),
    }),
  ),
});
const Sessions = z.object({ count: z.number(), items: z.array(Session) });
const Cdrs = z.object({ count: z.number(), items: z.array(z.record(z.string(), z.union([z.string(), z.number()]))) });

export type SessionView = z.infer<typeof Session>;

/** A minimal client that trusts only this PBX's certificate. */
export class Api {
  readonly #pbx: TestPbx;
  #agent: Agent;
  token = '';
  refreshToken = '';

  constructor(pbx: TestPbx) {
    this.#pbx = pbx;
    this.#agent = agentFor(pbx);
  }

  async call(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    { token, json, form, text, signal }: Call = {},
  ): Promise<Answer> {
    const body =
      text ??
      (form === undefined ? (json === undefined ? null : JSON.stringify(json)) : new URLSearchParams(form).toString());
    const bearer = token ?? this.token;
    const response = await request(`${this.#pbx.origin}${path}`, {
      method,
      dispatcher: this.#agent,
      body,
      signal: signal ?? null,
      headers: {
        ...(body === null
          ? {}
          : { 'content-type': form === undefined ? 'application/json' : 'application/x-www-form-urlencoded' }),
        ...(bearer === '' ? {} : { authorization: `Bearer ${bearer}` }),
      },
    });
    const received = await response.body.text();
    return { status: response.statusCode, headers: response.headers, text: received, json: parsed(received) };
  }

  get(path: string, call: Call = {}): Promise<Answer> {
    return this.call('GET', path, call);
  }

  post(path: string, json?: unknown, call: Call = {}): Promise<Answer> {
    return this.call('POST', path, { ...call, ...(json === undefined ? {} : { json }) });
  }

  async signIn(): Promise<void> {
    const { username, password, domain } = this.#pbx.account;
    const answer = await this.post('/api/auth/sign_in', { username, password, domain });
    this.keep(answer);
  }

  /** Uses the tokens of an answer for the next requests. */
  keep(answer: Answer): void {
    const tokens = Tokens.parse(answer.json);
    this.token = tokens.access_token;
    this.refreshToken = tokens.refresh_token;
  }

  async sessions(): Promise<SessionView[]> {
    return Sessions.parse((await this.get('/api/sessions')).json).items;
  }

  /** Null when the PBX no longer lists it. */
  async session(id: string): Promise<SessionView | null> {
    const answer = await this.get(`/api/sessions/${id}`);
    return answer.status === 404 ? null : Session.parse(answer.json);
  }

  async cdrs(): Promise<Record<string, string | number>[]> {
    return Cdrs.parse((await this.get('/api/user/cdrs')).json).items;
  }

  /** Places a call from Alex's phone; returns its id. */
  async place(callee: string, more: Record<string, unknown> = {}): Promise<string> {
    const answer = await this.post('/api/sessions', { caller: '1001', callee, send_sdp: true, ...more });
    return z.object({ id: z.string() }).parse(answer.json).id;
  }

  /** Drops its connections; otherwise it might use one that the PBX has cut before it notices. */
  async reconnect(): Promise<void> {
    await this.#agent.destroy();
    this.#agent = agentFor(this.#pbx);
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

const agentFor = (pbx: TestPbx): Agent => new Agent({ connections: 8, connect: { ca: pbx.certificate.cert } });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A PBX on a manual clock, by default without traffic and with long-lived tokens, and a client. Both are closed with
 * the test.
 */
export async function openDemo(options: TestPbxOptions = {}): Promise<{ pbx: TestPbx; api: Api; clock: ManualClock }> {
  const clock = new ManualClock();
  const pbx = await openTestPbx({ clock, traffic: false, tokenLifetimeSeconds: 86_400, ...options });
  const api = new Api(pbx);
  onTestFinished(async () => {
    await pbx.close();
    await api.close();
  });
  return { pbx, api, clock };
}

export async function openSignedInDemo(
  options: TestPbxOptions = {},
): Promise<{ pbx: TestPbx; api: Api; clock: ManualClock }> {
  const all = await openDemo(options);
  await all.api.signIn();
  return all;
}
