/**
 * How to start this program again: with the same switches, without the link or the sub-command of this start, and not
 * hidden. An AppImage is mounted at another path at each start; APPIMAGE holds the path of its file.
 */
export function ownCommand(
  argv: readonly string[],
  unpackaged: boolean,
  execPath: string,
  env: NodeJS.ProcessEnv,
): { program: string; args: string[] } {
  const own = argv.slice(unpackaged ? 2 : 1);
  const end = own.findIndex((argument) => !argument.startsWith('--') || argument === '--');
  const switches = (end < 0 ? own : own.slice(0, end)).filter((argument) => argument !== '--hidden');
  const folder = unpackaged ? argv.slice(1, 2) : [];
  return { program: env['APPIMAGE'] ?? execPath, args: [...folder, ...switches] };
}
