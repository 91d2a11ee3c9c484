import { Fields } from '../../../src/demo/fields.ts';
import { jsonObject, notJson, ok, refuse, type PbxAnswer } from '../../../src/demo/http.ts';
import type { User } from '../../../src/demo/office.ts';
import type { Route } from '../../../src/demo/router.ts';
import type { Tokens } from '../../../src/demo/tokens.ts';
import type { TwoFactor } from '../two-factor.ts';

/**
 * The answer to the correct password: two-factor sign-in is a setting of the tenant; that of administrators came with
 * 22.6.
 */
export const askForCode =
  (tokens: Tokens, twoFactor: TwoFactor) =>
  (user: User): PbxAnswer =>
    ok(user.domain === '' ? tokens.issue(user) : { two_factor_enabled: true, token: twoFactor.begin(user) });

/**
 * The second half of a two-factor sign-in. Only the bodies of the requests are documented. That the right code
 * gets the token object is a guess, and so are the refusals: 401 if the session token is no longer valid
 * and the password has to be given again, 400 for a code that can be tried again.
 */
export const codeRoutes = (tokens: Tokens, twoFactor: TwoFactor): Route[] => [
  {
    method: 'POST',
    path: '/api/auth/send_otp',
    open: true,
    answer: (request) => {
      const body = jsonObject(request);
      if (body === null) return notJson();
      const fields = new Fields(body);
      const token = fields.text('token', { min: 1, max: 4096, required: true });
      if (fields.problems.length > 0) return refuse(400, 'VALIDATE_FAILED', 'No token', fields.problems);
      return twoFactor.send(token) ? ok() : tokenIsGone();
    },
  },
  {
    method: 'POST',
    path: '/api/auth/verify_otp',
    open: true,
    answer: (request) => {
      const body = jsonObject(request);
      if (body === null) return notJson();
      const fields = new Fields(body);
      const token = fields.text('token', { min: 1, max: 4096, required: true });
      const code = fields.text('code', { min: 1, max: 64, required: true });
      if (fields.problems.length > 0) return refuse(400, 'VALIDATE_FAILED', 'No token or code', fields.problems);
      const verdict = twoFactor.verify(token, code);
      if (verdict === 'gone') return tokenIsGone();
      if (verdict === 'wrong') return refuse(400, 'VALIDATE_FAILED', 'The code is not right');
      return ok(tokens.issue(verdict));
    },
  },
];

const tokenIsGone = (): PbxAnswer => refuse(401, 'UNAUTHORIZED', 'The sign-in is over: begin with the password again');
