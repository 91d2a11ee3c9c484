import { parseArgs } from 'node:util';
import { startDemoPbx, type DemoPbxOptions } from '../src/demo/index.ts';

const HELP = `Runs the demo PBX on 127.0.0.1 until Ctrl+C.

  node scripts/demo-pbx.ts [options]

  --port N            port to listen on (default: any free one)
  --seed N            which day of office calls to play (default: 1)
  --pace N            play it N times faster (default: 1)
  --quiet             no calls by themselves
  --oauth             a PBX before 22.2.11: sign-in by OAuth password grant only
  --no-list           an account that may not list company calls
  --token-seconds N   how long an access token lives (default: 1800)
  --help              this text
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

function readOptions(args: string[]): DemoPbxOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      seed: { type: 'string' },
      pace: { type: 'string' },
      quiet: { type: 'boolean' },
      oauth: { type: 'boolean' },
      'no-list': { type: 'boolean' },
      'token-seconds': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return 'help';
  const port = number('port', values.port, 0, 65_535);
  const seed = number('seed', values.seed, 0, 4_294_967_295);
  const pace = number('pace', values.pace, 1, 100);
  const tokenLifetimeSeconds = number('token-seconds', values['token-seconds'], 1, 86_400);
  return {
    ...(port === undefined ? {} : { port }),
    ...(seed === undefined ? {} : { seed }),
    ...(pace === undefined ? {} : { pace }),
    ...(tokenLifetimeSeconds === undefined ? {} : { tokenLifetimeSeconds }),
    traffic: values.quiet !== true,
    signInFlow: values.oauth === true ? 'oauth' : 'json',
    mayListSessions: values['no-list'] !== true,
  };
}

let options: DemoPbxOptions | 'help';
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
    const pbx = await startDemoPbx(options);
    const { domain, username, password } = pbx.account;
    console.log(`Demo PBX is running. Stop it with Ctrl+C.

  address      ${pbx.address}
  domain       ${domain}
  user         ${username}
  password     ${password}
  fingerprint  ${pbx.fingerprint}
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
