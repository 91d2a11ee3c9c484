import { ENGLISH, loadHistoryMessages } from '../../messages/history.ts';
import { pack } from './messages.svelte.ts';

export const historyMessages = pack(ENGLISH, loadHistoryMessages);
