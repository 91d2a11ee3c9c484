import { expect, test } from 'vitest';
import { german } from '../../src/messages/de/error-messages.ts';
import { english } from '../../src/messages/en/error-messages.ts';
import { errorSentence, errorText } from '../../src/messages/error-text.ts';
import { appError } from '../../src/shared/errors.ts';

test('explains an error in the language of the messages', () => {
  expect(errorText(english, appError('session-expired'))).toEqual({
    message: 'Your session has expired.',
    advice: 'Sign in again – nothing is lost.',
  });
  expect(errorSentence(german, appError('session-expired'))).toBe(
    'Ihre Sitzung ist abgelaufen. Melden Sie sich erneut an – es geht nichts verloren.',
  );
});

test('names the data of the error', () => {
  const interval = appError('settings-invalid', { params: { setting: 'polling.intervalSeconds', min: 2, max: 300 } });
  expect(errorSentence(english, interval)).toBe('Enter 2 to 300 seconds.');
  const held = appError('rate-limited', { params: { heldMs: 600_000 } });
  expect(errorText(english, held).advice).toBe('Traydial tries again by itself in 10 min.');
  const full = { file: 'settings', problem: 'unwritable', cause: 'ENOSPC', folder: '/home/alex' } as const;
  expect(errorText(english, appError('storage-failed', { params: full }))).toEqual({
    message: "The change couldn't be saved (the disk is full).",
    advice: 'Check the free disk space and the permissions of /home/alex.',
  });
});

test('explains an error without data', () => {
  for (const code of ['address-invalid', 'settings-invalid', 'storage-failed', 'dial-forbidden'] as const) {
    expect(errorText(english, appError(code)).message).toMatch(/\.$/);
    expect(errorText(german, appError(code)).message).toMatch(/\.$/);
  }
});
