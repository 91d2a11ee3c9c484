/**
 * Stands for the installed program in a desktop entry: `node xdg-starter.ts FOLDER [LINK]`. FOLDER/start.json says how
 * to start the host; once that runs, the link is handed to it as a real second start would.
 */
import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Start {
  preview: string;
  profile: string;
  token: string;
}

const [folder = '', ...argv] = process.argv.slice(2);
const { preview, profile, token } = JSON.parse(readFileSync(join(folder, 'start.json'), 'utf8')) as Start;
const log = join(folder, 'preview.log');
const origin = existsSync(log) ? /^Preview ready: (http:\/\/[^/]+)/m.exec(readFileSync(log, 'utf8'))?.[1] : undefined;

if (origin === undefined) {
  const output = openSync(log, 'w');
  const args = [preview, '--no-open', '--profile', profile, ...argv.map((link) => `--link=${link}`)];
  const host = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, TRAYDIAL_CONTROL_TOKEN: token },
  });
  writeFileSync(join(folder, 'pid'), String(host.pid));
  host.unref();
} else {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ type: 'second-instance', argv });
  const response = await fetch(`${origin}/__host/act`, { method: 'POST', headers, body });
  process.exitCode = response.ok ? 0 : 1;
}
