import type { Accounts } from '../../../src/demo/accounts.ts';
import { Fields } from '../../../src/demo/fields.ts';
import { blocked, jsonObject, notJson, ok, refuse } from '../../../src/demo/http.ts';
import type { Route } from '../../../src/demo/router.ts';
import type { Tokens } from '../../../src/demo/tokens.ts';

/**
 * The sign-in of 16.x, gone since 22.0.38 and known from programs that use it. Guesses: that `expires` is in
 * the answer, in seconds (the API of v12 has it so), the status of a wrong password, and that an access token
 * has to be requested again with the password when it is old.
 */
export const v16Routes = (accounts: Accounts, tokens: Tokens): Route[] => [
  {
    method: 'POST',
    path: '/api/tokens',
    open: true,
    answer: (request) => {
      const body = jsonObject(request);
      if (body === null) return notJson();
      const fields = new Fields(body);
      const username = fields.text('username', { min: 1, max: 64, required: true });
      const password = fields.text('password', { min: 1, max: 1024, required: true });
      const domain = fields.text('domain', { max: 280 });
      if (fields.problems.length > 0) {
        return refuse(400, 'VALIDATE_FAILED', 'The sign-in is not complete', fields.problems);
      }
      const verdict = accounts.signIn(username, password, domain, request.address);
      if (verdict === 'blocked') return blocked();
      if (verdict === 'wrong') return refuse(401, 'UNAUTHORIZED', 'Login failed, authentication error');
      const { access_token, expires_in } = tokens.issue(verdict);
      return ok({ access_token, expires: expires_in });
    },
  },
];
