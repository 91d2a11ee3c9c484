import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { appError } from '../../shared/errors.ts';
import type { Answer, CheckedPayload, CommandName } from '../../shared/ipc.ts';
import { err } from '../../shared/result.ts';
import { COMMANDS, PAYLOADS } from '../../shared/schema/commands.ts';
import type { Log } from '../../core/log-port.ts';
import { isAppUrl } from '../app-scheme.ts';

const SCHEMAS: { [C in CommandName]: z.ZodType<CheckedPayload<C>> } = PAYLOADS;

/** One handler for each command of the contract; the compiler says which is missing. */
export type Handlers = {
  [C in CommandName]: (payload: CheckedPayload<C>) => Answer<C> | Promise<Answer<C>>;
};

/**
 * Routes commands from the window. Checks the sender first, then the payload. Every failure is returned as an error
 * value, so no page can make main throw.
 */
export function routeCommands(ipcMain: Pick<IpcMain, 'handle'>, handlers: Handlers, log: Log): void {
  for (const command of COMMANDS) {
    ipcMain.handle(`command:${command}`, (event, ...args: unknown[]) => answer(command, event, args, handlers, log));
  }
}

async function answer<C extends CommandName>(
  command: C,
  event: IpcMainInvokeEvent,
  args: readonly unknown[],
  handlers: Handlers,
  log: Log,
): Promise<Answer<C>> {
  if (!isOwnWindow(event)) {
    log.warn(`A foreign page asked for ${command} and was refused.`);
    return err(appError('command-invalid', { detail: 'unknown sender' }));
  }
  if (args.length !== 1) {
    return err(appError('command-invalid', { detail: `${command}: ${args.length} values instead of one` }));
  }
  const parsed = SCHEMAS[command].safeParse(args[0]);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    return err(appError('command-invalid', { detail: `${command}: unexpected value at "${where}"` }));
  }
  try {
    return await handlers[command](parsed.data);
  } catch (error) {
    log.warn(`${command} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return err(appError('internal'));
  }
}

function isOwnWindow(event: IpcMainInvokeEvent): boolean {
  try {
    const frame = event.senderFrame;
    return frame !== null && frame === event.sender.mainFrame && isAppUrl(frame.url);
  } catch {
    // Electron throws when the page no longer exists.
    return false;
  }
}
