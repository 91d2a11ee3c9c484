import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { App } from 'electron';
import log from 'electron-log/main';
import type { Log } from '../core/log-port.ts';
import { redact } from './redact.ts';

let opened: Log | null = null;

/**
 * The log file (app.getPath('logs')/main.log, 1 MiB, one older file kept). Nothing goes to the console. When the file
 * cannot be created, the program runs without a log.
 */
export function openLog(app: Pick<App, 'getPath'>): Log {
  return (opened ??= open(app));
}

function open(app: Pick<App, 'getPath'>): Log {
  const file = logFile(app);
  log.transports.console.level = false;
  log.transports.ipc.level = false;
  log.transports.file.level = file === null ? false : 'info';
  log.transports.file.resolvePathFn = () => file ?? '';
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

/**
 * The path of the log; null when its folder cannot be created. A pipe would block every write, so where anything else
 * than a file has its name, it gets another one.
 */
export function logFile(app: Pick<App, 'getPath'>): string | null {
  try {
    const folder = app.getPath('logs');
    mkdirSync(folder, { recursive: true });
    const paths = ['main.log', 'traydial.log'].map((name) => join(folder, name));
    return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() !== false) ?? null;
  } catch {
    return null;
  }
}

function textOf(part: unknown): string {
  if (typeof part === 'string') return part;
  return part instanceof Error ? (part.stack ?? part.message) : inspect(part);
}
