import { ENGLISH, loadSettingsMessages } from '../../messages/settings.ts';
import { messageBundle } from './messages.svelte.ts';

export const settingsMessages = messageBundle(ENGLISH, loadSettingsMessages);
