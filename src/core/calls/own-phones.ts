import type { ExtensionActivity } from '../pbx/push/types.ts';
import type { PbxSession } from '../pbx/types.ts';
import { isMine, type OwnNumbers } from './own-numbers.ts';

/** What is known of one of my phones, apart from calls. Times in steady ms. */
export interface OwnPhone {
  /** Normalised number. */
  extension: string;
  activity: ExtensionActivity;
  /** Of the session that stands for its call while none is known by name; another one for each time it rings. */
  id: string;
  /** Since when it rings, or is on a call; when it became idle. */
  since: number;
  answeredAt: number | null;
  rang: boolean;
  /** Its call is known by name, or was: nothing needs to stand for it. */
  covered: boolean;
  /** It rings because this program placed a call: nobody calls. */
  placed: boolean;
  /** When it was told to have no call, the last times: what is older and says otherwise is over. */
  idles: readonly Idle[];
  turn: number;
  heardAt: number;
  confirmBy: number | null;
}

export interface Idle {
  /** Of the event that told it last; later ones that tell the same count. */
  turn: number;
  /** When it was told first, steady ms. */
  at: number;
  /** When it was so, as told last, ms since 1970 on the PBX's clock; null where that was not told. */
  told: number | null;
}

export interface PhoneNews {
  extension: string;
  activity: ExtensionActivity;
  /** This program has just asked the PBX to ring it. */
  placing: boolean;
  /** ms since 1970 on the PBX's clock. */
  at: number | null;
  now: number;
  turn: number;
}

const NAMELESS = 'push:';
/** More than a phone can become idle between two answers of the list. */
const MOST_IDLES = 20;

/** Does this session stand for a call of which nothing is known but that it is mine? The PBX knows no such id. */
export function isNameless(sessionId: string): boolean {
  return sessionId.startsWith(NAMELESS);
}

export function phoneAfter(before: OwnPhone | undefined, news: PhoneNews): OwnPhone {
  const { extension, activity, now, turn, at: told } = news;
  const idles = activity === 'idle' ? withIdle(before, { turn, at: now, told }) : (before?.idles ?? []);
  const heard = { activity, idles, turn, heardAt: now, confirmBy: null };
  if (before?.activity === activity) return { ...before, ...heard };
  if (before?.activity === 'ringing' && activity === 'on-call') return { ...before, ...heard, answeredAt: now };
  return {
    ...heard,
    extension,
    id: `${NAMELESS}${extension}:${now}:${turn}`,
    since: now,
    answeredAt: activity === 'on-call' ? now : null,
    rang: activity === 'ringing',
    covered: false,
    placed: news.placing && activity !== 'idle',
  };
}

function withIdle(before: OwnPhone | undefined, idle: Idle): Idle[] {
  const [last] = before?.activity === 'idle' ? before.idles.slice(-1) : [];
  const earlier = before?.idles.slice(-MOST_IDLES, last === undefined ? undefined : -1) ?? [];
  return [...earlier, last === undefined ? idle : { ...last, turn: idle.turn, told: idle.told }];
}

export function isBusy(phone: OwnPhone): boolean {
  return phone.activity === 'ringing' || phone.activity === 'on-call';
}

/** The session that stands for this phone's call; null when none is needed. Its other side is not known. */
export function namelessSession(phone: OwnPhone, now: number): PbxSession | null {
  if (phone.covered || phone.placed || !isBusy(phone)) return null;
  const talkingSeconds = phone.answeredAt === null ? 0 : Math.max(1, now - phone.answeredAt) / 1000;
  const [caller, callee] = phone.rang ? ['', phone.extension] : [phone.extension, ''];
  return {
    id: phone.id,
    legs: [{ caller, callerName: '', callee, trunk: '', startedAt: null, talkingSeconds }],
  };
}

/**
 * The phones whose call is one of these: one that rings by a call that rings me, one that is on a call by any call of
 * mine.
 */
export function newlyCovered(sessions: readonly PbxSession[], phones: readonly OwnPhone[], own: OwnNumbers): string[] {
  const open = phones.filter((phone) => isBusy(phone) && !phone.covered);
  if (open.length === 0) return [];
  const legs = sessions.flatMap((session) => session.legs);
  const rings = legs.some((leg) => !((leg.talkingSeconds ?? 0) > 0) && isMine(own, leg.callee));
  const involves = rings || legs.some((leg) => isMine(own, leg.callee) || isMine(own, leg.caller));
  return open.filter((phone) => (phone.activity === 'ringing' ? rings : involves)).map(({ extension }) => extension);
}
