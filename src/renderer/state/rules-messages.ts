import { ENGLISH, loadRulesMessages } from '../../messages/rules.ts';
import { pack } from './messages.svelte.ts';

export const rulesMessages = pack(ENGLISH, loadRulesMessages);
