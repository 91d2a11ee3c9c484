import { ownAppImage } from './own-appimage.ts';

/**
 * How to start this program again: with the same switches, without the link or the sub-command of this start, and not
 * hidden.
 */
export function ownCommand(
  argv: readonly string[],
  unpackaged: boolean,
  execPath: string,
  env: NodeJS.ProcessEnv,
): { program: string; args: string[] } {
  const isSwitch = (argument: string): boolean => argument.startsWith('--') && argument !== '--';
  // In a checkout, Electron's own switches come before the folder.
  const folder = unpackaged ? argv.findIndex((argument, index) => index > 0 && !isSwitch(argument)) : 0;
  const own = argv.slice(folder + 1);
  const end = own.findIndex((argument) => !isSwitch(argument));
  const switches = (end < 0 ? own : own.slice(0, end)).filter((argument) => argument !== '--hidden');
  return { program: ownAppImage(env, execPath) ?? execPath, args: [...argv.slice(1, folder + 1), ...switches] };
}
