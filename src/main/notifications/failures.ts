import type { NotifierFailure } from './notifier.ts';

/** Makes the failure of a notification. `key`: of the notification. `detail`: what the backend reported. */
type MakeFailure = (key: string, detail: string) => NotifierFailure;

export const notShown: MakeFailure = (key, detail) => ({ problem: 'not-shown', key, detail });

export const refused: MakeFailure = (key, detail) => ({
  problem: 'not-allowed',
  key,
  page: 'notification-settings',
  detail,
});

export const noService: MakeFailure = (key, detail) => ({ problem: 'no-service', key, detail });

export const noAnswer: MakeFailure = (key, detail) => ({ problem: 'no-answer', key, detail });

export const cannotAsk: MakeFailure = (key, detail) => ({ problem: 'cannot-ask', key, detail });

export const notifySendMissing: MakeFailure = (key, detail) => ({ problem: 'program-missing', key, detail });

export const notLoaded: MakeFailure = (key, detail) => ({ problem: 'not-loaded', key, detail });
