import { text, type ErrorText } from '../error-text.ts';
import { files } from './files.ts';

const START_AGAIN = 'then start Traydial again.';

export const english = {
  /** Of the page, as a BCP 47 tag. */
  language: 'en',
  actions: { copy: 'Copy report', restart: 'Restart', quit: 'Quit', close: 'Close' },
  copied: 'The report is on the clipboard.',
  details: 'Details',
  unexpected: {
    heading: 'Something went wrong inside Traydial',
    goesOn: 'Traydial keeps running, but something may not work until you restart it.',
    report:
      'The report contains no passwords and no complete phone numbers. Send it to your administrator if this happens again.',
  },
  start: {
    heading: 'Traydial could not start',
    bug: text(
      'Something went wrong inside Traydial.',
      'Start it again. If that fails too, send the report to your administrator.',
    ),
    folderUnusable: (folder: string, cause: string): ErrorText =>
      text(
        `Traydial can't use its folder ${folder} (${files.cause(cause)}).`,
        `Check what is in its place and the permissions of the folder above it, ${START_AGAIN}`,
      ),
    folderFull: (folder: string): ErrorText =>
      text(`There is no space left for Traydial's folder ${folder}.`, `Free some disk space, ${START_AGAIN}`),
    folderUnwritable: (folder: string): ErrorText =>
      text(`Traydial can't write to its folder ${folder}.`, `Make the folder writable for your user, ${START_AGAIN}`),
    inUseElsewhere: (folder: string, computer: string): ErrorText =>
      text(
        `Traydial runs on ${computer} with the same folder, ${folder}.`,
        `Quit it there, ${START_AGAIN} If it doesn't run there any more, remove the file SingletonLock in the folder first.`,
      ),
    folderUnlockable: (folder: string): ErrorText =>
      text(
        `Traydial can't lock its folder ${folder}.`,
        "Restart your computer. If that doesn't help, move the folder away: it contains your settings.",
      ),
  },
};
