import { ENGLISH, loadNoticeMessages } from '../../messages/notices.ts';
import { messageBundle } from './messages.svelte.ts';

export const noticeMessages = messageBundle(ENGLISH, loadNoticeMessages);
