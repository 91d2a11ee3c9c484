import { ENGLISH, loadRulesMessages } from '../../messages/rules.ts';
import { messageBundle } from './messages.svelte.ts';

export const rulesMessages = messageBundle(ENGLISH, loadRulesMessages);
