/** A sorted list in blocks. Successive lists share the blocks that did not change, so a block never changes. */
export type Blocks<T> = readonly (readonly T[])[];

type Compare<T> = (a: T, b: T) => number;

/** Maximum number of entries in a block. A change copies one block and the list of blocks, not ten thousand entries. */
const MAX_BLOCK = 256;

export function sizeOf(blocks: Blocks<unknown>): number {
  return blocks.reduce((size, block) => size + block.length, 0);
}

/** Returns the list without the entries of `removed`, which it must hold, and with those of `added`. */
export function changedBlocks<T>(
  before: Blocks<T>,
  { removed, added }: { removed: readonly T[]; added: readonly T[] },
  compare: Compare<T>,
): Blocks<T> {
  const blocks = [...before];
  for (const entry of removed) remove(entry, blocks, compare);
  if (added.length > sizeOf(blocks)) return inBlocks([...blocks.flat(), ...added].sort(compare));
  for (const entry of added) insert(entry, blocks, compare);
  return blocks;
}

function inBlocks<T>(entries: readonly T[], size = MAX_BLOCK / 2): Blocks<T> {
  return Array.from({ length: Math.ceil(entries.length / size) }, (_, at) => entries.slice(at * size, (at + 1) * size));
}

function remove<T>(entry: T, blocks: (readonly T[])[], compare: Compare<T>): void {
  const at = blockOf(entry, blocks, compare);
  const block = blocks[at] ?? [];
  if (block.length === 1) blocks.splice(at, 1);
  else blocks[at] = block.toSpliced(placeOf(entry, block, compare), 1);
}

function insert<T>(entry: T, blocks: (readonly T[])[], compare: Compare<T>): void {
  const at = Math.min(blockOf(entry, blocks, compare), Math.max(0, blocks.length - 1));
  const block = blocks[at] ?? [];
  const after = block.toSpliced(placeOf(entry, block, compare), 0, entry);
  blocks.splice(at, 1, ...(after.length > MAX_BLOCK ? inBlocks(after, Math.ceil(after.length / 2)) : [after]));
}

/** Index of the block that holds the entry, or would; the number of blocks if all entries come before it. */
function blockOf<T>(entry: T, blocks: Blocks<T>, compare: Compare<T>): number {
  return placeIn(blocks, (block) => compare(block.at(-1) ?? entry, entry) < 0);
}

/** Index of the entry in a sorted list, or where it belongs. */
function placeOf<T>(entry: T, entries: readonly T[], compare: Compare<T>): number {
  return placeIn(entries, (other) => compare(other, entry) < 0);
}

/** Returns the index of the first entry for which `isBefore` is false. All entries before it must be `isBefore`. */
function placeIn<T>(list: readonly T[], isBefore: (one: T) => boolean): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isBefore(list[middle] as T)) from = middle + 1;
    else to = middle;
  }
  return from;
}
