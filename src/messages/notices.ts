import type { Language } from '../shared/language.ts';
import { english } from './en/notices.ts';

export type NoticeMessages = typeof english;

export const ENGLISH: NoticeMessages = english;

export async function loadNoticeMessages(language: Language): Promise<NoticeMessages> {
  if (language === 'en') return english;
  const { german } = await import('./de/notices.ts');
  return german;
}
