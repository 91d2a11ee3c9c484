import { inspect } from 'node:util';
import log from 'electron-log/main';
import type { Log } from '../core/log-port.ts';
import { redact } from './redact.ts';

/** The log file (app.getPath('logs')/main.log, 1 MiB, one older file kept). Nothing goes to the console. */
export function openLog(): Log {
  log.transports.console.level = false;
  log.transports.ipc.level = false;
  log.transports.file.level = 'info';
  log.transports.file.maxSize = 1024 * 1024;
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((part: unknown) => redact(textOf(part))),
  }));
  return {
    info: (text) => log.info(text),
    warn: (text) => log.warn(text),
  };
}

function textOf(part: unknown): string {
  if (typeof part === 'string') return part;
  return part instanceof Error ? (part.stack ?? part.message) : inspect(part);
}
