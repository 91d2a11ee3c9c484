import type { NotifierFailure } from './notifier.ts';

/** A notification that was not shown, by its key, and what came back. */
type Made = (key: string, detail: string) => NotifierFailure;

export const notShown: Made = (key, detail) => ({ problem: 'not-shown', key, detail });

export const refused: Made = (key, detail) => ({ problem: 'not-allowed', key, page: 'notification-settings', detail });

export const noService: Made = (key, detail) => ({ problem: 'no-service', key, detail });

export const noAnswer: Made = (key, detail) => ({ problem: 'no-answer', key, detail });

export const cannotAsk: Made = (key, detail) => ({ problem: 'cannot-ask', key, detail });

export const notifySendMissing: Made = (key, detail) => ({ problem: 'program-missing', key, detail });

export const notLoaded: Made = (key, detail) => ({ problem: 'not-loaded', key, detail });
