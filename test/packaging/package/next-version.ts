import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ARCHIVE = 'opt/Traydial/resources/app.asar';

interface Node {
  files?: Record<string, Node>;
  offset?: string;
}

/** Makes the same package with a higher version and an archive with other offsets. Returns the file. */
export function makeNextVersion(deb: string, version: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'next-'));
  const root = join(folder, 'root');
  execFileSync('dpkg-deb', ['--raw-extract', deb, root]);
  const control = join(root, 'DEBIAN/control');
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, `Version: ${version}`));
  shiftArchive(join(root, ARCHIVE), 1_000_000);
  const file = join(folder, `traydial_${version}_amd64.deb`);
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '--build', root, file], { stdio: 'ignore' });
  // apt reads it as another user.
  const shared = join(tmpdir(), `traydial_${version}_amd64.deb`);
  copyFileSync(file, shared);
  return shared;
}

/** Shifts all contents of an archive, so that a program that uses the old offsets reads garbage. */
function shiftArchive(file: string, by: number): void {
  const old = readFileSync(file);
  const header = JSON.parse(old.toString('utf8', 16, 16 + old.readUInt32LE(12))) as Node;
  shift(header, by);
  const text = Buffer.from(JSON.stringify(header));
  const length = 4 + Math.ceil(text.length / 4) * 4;
  const start = Buffer.alloc(12 + length);
  start.writeUInt32LE(4, 0);
  start.writeUInt32LE(length + 4, 4);
  start.writeUInt32LE(length, 8);
  start.writeUInt32LE(text.length, 12);
  text.copy(start, 16);
  writeFileSync(file, Buffer.concat([start, Buffer.alloc(by), old.subarray(8 + old.readUInt32LE(4))]));
}

function shift(node: Node, by: number): void {
  if (node.offset !== undefined) node.offset = String(Number(node.offset) + by);
  for (const child of Object.values(node.files ?? {})) shift(child, by);
}
