import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';

/** The libraries that a program or library loads, by name, with their paths; null when missing. */
export function librariesOf(file: string): { name: string; path: string | null }[] {
  const { stdout } = spawnSync('ldd', [file], { encoding: 'utf8' });
  return stdout.split('\n').flatMap((line) => {
    const [, name, path] = /^\s*(\S+) => (not found|\/\S+)/.exec(line) ?? [];
    return name === undefined || path === undefined ? [] : [{ name, path: path === 'not found' ? null : path }];
  });
}

/** The Debian package of each file that belongs to one. */
export function packagesOf(paths: readonly string[]): Map<string, string> {
  // When /lib is a symbolic link to /usr/lib, dpkg may know a file by either path.
  const namesOf = (path: string): string[] =>
    [path, realpathSync(path)].flatMap((name) => [name, `/usr${name}`, name.replace(/^\/usr/, '')]);
  const { stdout } = spawnSync('dpkg-query', ['--search', ...paths.flatMap(namesOf)], { encoding: 'utf8' });
  const owners = new Map(
    stdout.split('\n').map((line) => [line.slice(line.indexOf(': ') + 2), line.split(/[:,]/)[0] ?? ''] as const),
  );
  return new Map(
    paths.flatMap((path) => {
      const owner = namesOf(path).flatMap((name) => owners.get(name) ?? [])[0];
      return owner === undefined ? [] : [[path, owner]];
    }),
  );
}

/**
 * The packages that apt would install with a package on an empty system, without recommended ones; null when apt has no
 * package lists.
 */
export function closureOf(deb: string): Set<string> | null {
  const options = ['-o', 'Dir::State::status=/dev/null', '--no-install-recommends'];
  const { status, stdout } = spawnSync('apt-get', ['--simulate', ...options, 'install', deb], { encoding: 'utf8' });
  return status === 0 ? new Set([...stdout.matchAll(/^Inst (\S+) /gm)].map(([, name]) => name ?? '')) : null;
}
