/**
 * The part of fpm that electron-builder needs for a .deb, because electron-builder would download fpm from GitHub. `fpm
 * -s dir -t deb [options] FROM=TO ...`; needs dpkg-deb. Throws for unknown options, so that no part of the config is ignored.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeScratch } from '../support/scratch.ts';

interface Request {
  options: Map<string, string>;
  depends: string[];
  recommends: string[];
  /** From a file, or the contents of a folder if it ends in "/", to a path below the root. */
  files: { from: string; to: string }[];
}

const WITH_VALUE = new Set([
  '-s',
  '-t',
  '--after-install',
  '--after-remove',
  '--architecture',
  '--before-remove',
  '--category',
  '--deb-compression',
  '--deb-priority',
  '--description',
  '--license',
  '--maintainer',
  '--name',
  '--package',
  '--url',
  '--vendor',
  '--version',
]);

export function readArguments(args: readonly string[]): Request {
  const request: Request = { options: new Map(), depends: [], recommends: [], files: [] };
  for (let i = 0; i < args.length; i++) {
    const [, name = '', glued] = /^(--[a-z-]+|-[a-z])(?:=(.*))?$/s.exec(args[i] ?? '') ?? [];
    if (name === '') request.files.push(readMapping(args[i] ?? ''));
    else if (name === '--force') continue;
    else {
      const value = glued ?? args[++i];
      if (value === undefined) throw new Error(`fpm: ${name} needs a value`);
      if (name === '-d') request.depends.push(value);
      else if (name === '--deb-recommends') request.recommends.push(value);
      else if (WITH_VALUE.has(name)) request.options.set(name, value);
      else throw new Error(`fpm: unknown option ${name}`);
    }
  }
  return request;
}

function readMapping(text: string): Request['files'][number] {
  const at = text.lastIndexOf('=');
  if (at < 0) throw new Error(`fpm: expected FROM=TO, not ${text}`);
  return { from: text.slice(0, at), to: text.slice(at + 1) };
}

/** The text of DEBIAN/control; `size` is in KiB. */
export function controlFile({ options, depends, recommends }: Request, size: number): string {
  const [synopsis = '', ...lines] = (options.get('--description') ?? '').trim().split('\n');
  const fields = {
    Package: options.get('--name'),
    Version: options.get('--version'),
    License: options.get('--license'),
    Vendor: options.get('--vendor'),
    Architecture: options.get('--architecture')?.replace('x86_64', 'amd64'),
    Maintainer: options.get('--maintainer'),
    'Installed-Size': String(size),
    Depends: depends.join(', '),
    Recommends: recommends.join(', '),
    Section: options.get('--category'),
    Priority: options.get('--deb-priority'),
    Homepage: options.get('--url'),
    Description: [synopsis, ...lines.map((line) => ` ${line.trim() || '.'}`)].join('\n'),
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}: ${String(value)}\n`)
    .join('');
}

const SCRIPTS = [
  ['--after-install', 'postinst'],
  ['--before-remove', 'prerm'],
  ['--after-remove', 'postrm'],
] as const;

function build(request: Request): void {
  const { path: root, remove } = makeScratch(tmpdir(), 'traydial-deb');
  try {
    chmodSync(root, 0o755);
    for (const { from, to } of request.files) {
      const target = join(root, to.endsWith('/') ? join(to, basename(from)) : to);
      mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
      cpSync(from, target, { recursive: true, verbatimSymlinks: true });
    }
    const size = Number(execFileSync('du', ['-sk', '--apparent-size', root], { encoding: 'utf8' }).split('\t')[0]);
    mkdirSync(join(root, 'DEBIAN'), { mode: 0o755 });
    writeFileSync(join(root, 'DEBIAN/control'), controlFile(request, size));
    for (const [option, name] of SCRIPTS) {
      const script = request.options.get(option);
      if (script === undefined) continue;
      cpSync(script, join(root, 'DEBIAN', name));
      chmodSync(join(root, 'DEBIAN', name), 0o755);
    }
    // Compression level 1, because this package is only checked and deleted.
    const output = request.options.get('--package') ?? 'package.deb';
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', root, output], { stdio: 'inherit' });
  } finally {
    remove();
  }
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  if (args[0] === '--version') process.stdout.write('1.15.1\n');
  else build(readArguments(args));
}
