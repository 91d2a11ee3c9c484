import { spawn } from 'node:child_process';

/** Opens an address in the default browser; says nothing when there is none, since the address was printed. */
export function openInBrowser(url: string, env: NodeJS.ProcessEnv): void {
  const [command, ...args] = commandFor(url);
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env });
  child.on('error', () => {});
  child.unref();
}

function commandFor(url: string): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', url];
  // `start` takes a first quoted argument for a title.
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '""', url];
  return ['xdg-open', url];
}
