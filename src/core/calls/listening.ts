import type { Call, Knowledge, LinkState, Listening } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import type { PushState } from '../pbx/push/types.ts';

/** While push tells what happens, the list is only asked for to compare. */
const COMPARE_MS = 75_000;
/** While push tells that I talk but not with whom: a transfer shows in the list alone. */
const BLIND_MS = 15_000;
/** How long a name for the call that my phone rings for is waited for, where one can be had, in ms. */
export const NAME_WAIT_MS = 800;

/**
 * Time between two looks at the session list, in ms, where `normal` is the user's wish. `unlisted`: push told of a call
 * of mine that the list has not shown.
 */
export function listIntervalMs(normal: number, push: PushState, unlisted: boolean, calls: readonly Call[]): number {
  if (push.status !== 'listening' || push.unproven === true || unlisted) return normal;
  // Without cdr_events push does not say who my phone talks with.
  const blind = !push.topics.includes('cdr_events') && calls.some((call) => call.mine);
  return Math.max(normal, blind ? BLIND_MS : COMPARE_MS);
}

/** How long a phone may ring before a call without a name is made of it, in ms: 0 where no name will come. */
export function nameWaitMs(push: PushState, listed: boolean): number {
  const told = push.status === 'listening' && push.topics.includes('cdr_events');
  return told || listed ? NAME_WAIT_MS : 0;
}

export interface Sources {
  /** The list was answered since the start, and is not refused now. */
  listed: boolean;
  /** The PBX refuses the list. */
  refused: AppError | null;
  push: PushState;
  /** The refusal of both the own state and the history, once both are refused. */
  deaf: AppError | null;
}

export function listeningBy({ listed, refused, push, deaf }: Sources): Listening {
  const topics = push.status === 'listening' ? push.topics : [];
  const pushError = push.status === 'waiting' || push.status === 'refused' ? push.error : null;
  const knowledge = knowledgeFrom({ listed, refused, push, deaf });
  const error = refused ?? pushError;
  const isProven = push.status !== 'listening' || push.unproven !== true;
  return {
    knowledge,
    push: isProven ? push.status : 'connecting',
    topics,
    error: knowledge === 'none' ? (deaf ?? error) : error,
  };
}

function knowledgeFrom({ listed, refused, push, deaf }: Sources): Knowledge {
  if (refused === null && listed) return 'sessions';
  if (push.status === 'listening') return 'push';
  return refused === null || deaf !== null ? 'none' : 'history';
}

export function sameListening(a: Listening, b: Listening): boolean {
  return (
    a.knowledge === b.knowledge &&
    a.push === b.push &&
    a.topics.join() === b.topics.join() &&
    a.error?.code === b.error?.code
  );
}

/** Forbidden is forbidden: the check every ten minutes is no news. A stale link tells each time when it tries again. */
export function sameLink(a: LinkState, b: LinkState): boolean {
  if (a === b) return true;
  if (a.status === 'forbidden') return b.status === 'forbidden' && a.error.code === b.error.code;
  return a.status === b.status && (a.status === 'live' || a.status === 'starting');
}
