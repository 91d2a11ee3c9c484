import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { NotificationService } from '../../../src/main/notifications/notification-service.ts';
import { isSigned } from '../../../src/main/notifications/signed.ts';
import {
  notificationDaemonUnavailable,
  startDaemonForThisProcess,
  type NotificationDaemon,
} from '../../support/notification-daemon.ts';

const unavailable = notificationDaemonUnavailable();
if (unavailable !== null) process.stderr.write(`Not tested against a real notification daemon: ${unavailable}\n`);

describe.skipIf(unavailable !== null)('a real notification daemon', () => {
  let daemon: NotificationDaemon;
  beforeAll(async () => {
    daemon = await startDaemonForThisProcess();
  });
  afterAll(() => daemon.stop());

  test('is reported as silent while it hangs, and as answering afterwards, without blocking this process', async () => {
    daemon.freeze();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 10);
    try {
      expect(await new NotificationService(systemClock).state()).toBe('silent');
    } finally {
      clearInterval(timer);
      daemon.thaw();
    }
    expect(turns).toBeGreaterThan(20);
    expect(await new NotificationService(systemClock).state()).toBe('answers');
  });

  test('supports replacing notifications if it is dunst', async () => {
    expect(await new NotificationService(systemClock).replaces()).toBe(true);
  });
});

test.for([
  ['designated => anchor apple generic and identifier "io.github.traydial.Traydial"', true],
  ['# designated => cdhash H"0123456789abcdef"', false],
] as const)('a macOS program with %j may be allowed to notify: %s', async ([requirement, signed]) => {
  expect(await isSigned('/Applications/Traydial.app', () => Promise.resolve(requirement))).toBe(signed);
});

test('a macOS program without a signature is not signed', async () => {
  const unsigned = Promise.reject(new Error('code object is not signed at all'));
  expect(await isSigned('/Applications/Traydial.app', () => unsigned)).toBe(false);
});
