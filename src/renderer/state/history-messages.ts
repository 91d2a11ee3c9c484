import { ENGLISH, loadHistoryMessages } from '../../messages/history.ts';
import { messageBundle } from './messages.svelte.ts';

export const historyMessages = messageBundle(ENGLISH, loadHistoryMessages);
