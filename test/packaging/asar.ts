import { closeSync, openSync, readSync } from 'node:fs';

interface Node {
  files?: Record<string, Node>;
  size?: number;
  /** The offset after the header, in bytes; missing for a file outside the archive. */
  offset?: string;
  unpacked?: boolean;
}

export interface Archived {
  path: string;
  /** The file is beside the archive, in app.asar.unpacked. */
  unpacked: boolean;
  /** Bytes of a file in the archive. */
  read(): Buffer;
}

/** The files in an Electron archive: a pickle with a JSON header, then their contents one after the other. */
export function readArchive(file: string): Archived[] {
  const start = read(file, 0, 16);
  const header = JSON.parse(read(file, 16, start.readUInt32LE(12)).toString('utf8')) as Node;
  const contents = 8 + start.readUInt32LE(4);
  return entries(header, '').map(([path, node]) => ({
    path,
    unpacked: node.unpacked === true,
    read: () => read(file, contents + Number(node.offset), node.size ?? 0),
  }));
}

function entries(node: Node, path: string): [string, Node][] {
  if (node.files === undefined) return [[path, node]];
  return Object.entries(node.files).flatMap(([name, child]) => entries(child, path === '' ? name : `${path}/${name}`));
}

function read(file: string, position: number, length: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(length);
    readSync(handle, buffer, 0, length, position);
    return buffer;
  } finally {
    closeSync(handle);
  }
}
