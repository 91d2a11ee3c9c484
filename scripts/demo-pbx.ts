import { parseArgs } from 'node:util';
import type { Subscription } from '../src/demo/dialect.ts';
import { DIALECTS, dialectsNamed, PUSH_BY_PASSWORD, subscriptions } from '../test/pbx/dialects.ts';
import { openTestPbx, type TestPbxOptions } from '../test/pbx/test-pbx.ts';

const HELP = `Runs the demo PBX on 127.0.0.1 until Ctrl+C.

  node scripts/demo-pbx.ts [options]

  --port N                port to listen on (default: any free one)
  --seed N                which day of office calls to play (default: 1)
  --pace N                play it N times faster (default: 1)
  --quiet                 no calls by themselves

Signing in
  --oauth                 a PBX before 22.2.11: by OAuth password grant only
  --v16                   a PBX of release 16: by POST /api/tokens only
  --two-factor            asks for a code, which is shown here instead of e-mailed
  --must-change-password  an account whose initial password was never changed
  --token-seconds N       how long an access token lives (default: 1800)

What the account may do
  --no-list               not list the company's calls
  --no-extension-events   not listen to extensions
  --no-cdr-events         not listen to the company's calls

Push and load
  --no-push               a PBX without push
  --no-push-tokens        push wants a password, not an access token
  --silent-acks           push does not acknowledge subscriptions
  --rate N                at most N requests a minute from one address
  --no-retry-after        refused requests get no Retry-After header

How it describes calls
  --dialect NAME,...      any of these, together:
${Object.keys(DIALECTS)
  .map((name) => `                            ${name}\n`)
  .join('')}
  --help                  this text
`;

/** A whole number from `low` to `high`; throws a sentence for the user. */
function number(flag: string, text: string | undefined, low: number, high: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < low || value > high) {
    throw new Error(`--${flag} takes a whole number from ${low} to ${high}, not "${text}"`);
  }
  return value;
}

function readOptions(args: string[]): TestPbxOptions | 'help' {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      port: text,
      seed: text,
      pace: text,
      quiet: flag,
      oauth: flag,
      v16: flag,
      'two-factor': flag,
      'must-change-password': flag,
      'token-seconds': text,
      'no-list': flag,
      'no-extension-events': flag,
      'no-cdr-events': flag,
      'no-push': flag,
      'no-push-tokens': flag,
      'silent-acks': flag,
      rate: text,
      'no-retry-after': flag,
      dialect: text,
      help: flag,
    },
  });
  if (values.help === true) return 'help';
  const has = (name: keyof typeof values): boolean => values[name] === true;
  if (has('oauth') && has('v16')) throw new Error('--oauth and --v16 are two different PBXs: choose one');
  if (has('two-factor') && (has('oauth') || has('v16'))) {
    throw new Error('--two-factor needs the JSON sign-in, which --oauth and --v16 take away');
  }
  const topic = (granted: boolean): Subscription =>
    has('silent-acks') ? (granted ? 'silent' : 'ignored') : granted ? 'acknowledged' : 'refused';
  const port = number('port', values.port, 0, 65_535);
  const seed = number('seed', values.seed, 0, 4_294_967_295);
  const pace = number('pace', values.pace, 1, 100);
  const tokenLifetimeSeconds = number('token-seconds', values['token-seconds'], 1, 86_400);
  const requestsPerMinute = number('rate', values.rate, 1, 1_000_000);
  return {
    ...(port === undefined ? {} : { port }),
    ...(seed === undefined ? {} : { seed }),
    ...(pace === undefined ? {} : { pace }),
    ...(tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds }),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    traffic: !has('quiet'),
    signInFlow: has('v16') ? 'v16' : has('oauth') ? 'oauth' : 'json',
    twoFactor: has('two-factor'),
    mustChangePassword: has('must-change-password'),
    mayListSessions: !has('no-list'),
    push: has('no-push') ? 'none' : 'wsi',
    retryAfter: !has('no-retry-after'),
    dialect: {
      ...dialectsNamed(values.dialect),
      ...(has('no-push-tokens') ? PUSH_BY_PASSWORD : {}),
      ...subscriptions(topic(!has('no-extension-events')), topic(!has('no-cdr-events'))),
    },
  };
}

let options: TestPbxOptions | 'help';
try {
  options = readOptions(process.argv.slice(2));
} catch (problem) {
  const sentence = problem instanceof Error ? problem.message : String(problem);
  console.error(`demo-pbx: ${sentence}\nTry: node scripts/demo-pbx.ts --help`);
  process.exit(2);
}

if (options === 'help') {
  console.log(HELP);
} else {
  try {
    const pbx = await openTestPbx({
      ...options,
      onMail: ({ to, code }) => console.log(`  Mail to ${to}: the sign-in code is ${code}`),
    });
    const { domain, username, password } = pbx.account;
    console.log(`Demo PBX is running. Stop it with Ctrl+C.

  address      ${pbx.address}
  domain       ${domain}
  user         ${username}
  password     ${password}
  fingerprint  ${pbx.fingerprint}

  Also with this password: user noext, who has no extension, and user admin, a
  system administrator, who signs in without a domain.
`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        void pbx.close().then(() => process.exit(0));
      });
    }
  } catch (problem) {
    console.error(`demo-pbx: could not start: ${problem instanceof Error ? problem.message : String(problem)}`);
    process.exitCode = 1;
  }
}
