import { ENGLISH, loadSettingsMessages } from '../../messages/settings.ts';
import { pack } from './messages.svelte.ts';

export const settingsMessages = pack(ENGLISH, loadSettingsMessages);
