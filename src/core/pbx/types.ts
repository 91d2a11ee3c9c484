import type { AdditionalHeader, HeaderDirection } from '../../shared/dial.ts';
import type { Result } from '../../shared/result.ts';

/** One leg of a session from GET /api/sessions. A missing field, null and "" mean the same. */
export interface PbxLeg {
  /** '' when missing. */
  caller: string;
  callerName: string;
  callee: string;
  /** Trunk name; '' for internal legs. */
  trunk: string;
  /** ms since 1970 on the PBX's clock; null when missing or unreadable. */
  startedAt: number | null;
  /** Seconds; 0 before the answer; null when missing. */
  talkingSeconds: number | null;
}

export interface PbxSession {
  /** Opaque; often 18 digits, which is more than a JavaScript number can hold. */
  id: string;
  legs: PbxLeg[];
}

export interface SessionList {
  sessions: PbxSession[];
  /** How many entries could not be read and were left out. */
  dropped: number;
  /** How many entries the PBX sent. */
  total: number;
  /** The PBX's clock (HTTP Date header) in ms since 1970, null when it gave none. */
  pbxTime: number | null;
}

/** Body of POST /api/sessions. Absent fields are not sent. */
export interface CreateSession {
  caller: string;
  callee: string;
  sendSdp: boolean;
  callerDisplayName?: string;
  trunk?: string;
  rewriteFrom?: string;
  rewritePai?: string;
  rewriteRpi?: string;
  userData?: string;
  target?: string;
  targetInstanceId?: string;
  targetExtensionNumber?: string;
  additionalHeader?: AdditionalHeader;
  headerDirection?: HeaderDirection;
}

/** The user that the token belongs to (GET /api/user). */
export interface PbxUser {
  username: string;
  displayName: string;
  extension: string;
  /** Outbound caller ids and phones that are the user's own. */
  otherNumbers: string[];
  /** ISO 3166-1 alpha-2 of their outbound caller ids or work phone; '' when those do not say. */
  lineCountry: string;
  /** ISO 3166-1 alpha-2 of their time zone; '' when that does not say, or `lineCountry` does. */
  zoneCountry: string;
}

/** The tenant (GET /api/tenant). Countries in ISO 3166-1 alpha-2, '' when the PBX does not say. */
export interface PbxTenant {
  country: string;
  /** By the time zone; '' also when `country` is known. */
  zoneCountry: string;
  /** How many last digits must be equal for two numbers to be the same; null for all digits. */
  matchLength: number | null;
}

/** One entry of the user's own call history (GET /api/user/cdrs), as far as it is used here. */
export interface PbxCdr {
  caller: string;
  callee: string;
  /** The name that the caller sent; '' or absent when the PBX has none. */
  callerName?: string;
  startedAt: number | null;
  answeredAt: number | null;
  endedAt: number | null;
  /** e.g. CALLER_DISCONNECTED; '' when missing. Compare by prefix. */
  endReason: string;
  /** SIP status code; 0 is a normal end; null when missing. */
  statusCode: number | null;
  /** The number that was called from outside (`did_cid`); '' or absent when the PBX does not say. */
  did?: string;
  /** The PBX says that the call came or went over a trunk; absent for an internal call. */
  overTrunk?: true;
}

/** The state of the user's own phone (GET /api/user/status). */
export interface PbxUserStatus {
  /** `unknown`: the PBX named a state that this program does not know. */
  activity: 'idle' | 'ringing' | 'on-call' | 'unknown';
  /** The PBX's clock (HTTP Date header) in ms since 1970, null when it gave none. */
  pbxTime: number | null;
}

/** A change to one entry of the call history. */
export interface CdrChange {
  id: string;
  change: 'created' | 'updated' | 'deleted';
  /** One for each phone that the call was offered to, where the PBX says so. */
  legs: PbxCdr[];
}

export interface CdrDiff {
  /** The token for the next request. */
  token: string;
  changes: CdrChange[];
}

/** The user's call history, reported as changes since the last request. */
export interface CdrSync {
  /** Starts with the calls since `from` (ms since 1970) and returns a token. */
  start(from: number, signal?: AbortSignal): Promise<Result<string>>;
  /** The changes since the token was issued. Error `sync-token-unknown`: the PBX forgot the token; start again. */
  diff(token: string, signal?: AbortSignal): Promise<Result<CdrDiff>>;
}

/** The requests of a signed-in user. No call throws; each may be aborted. */
export interface Pbx {
  listSessions(signal?: AbortSignal): Promise<Result<SessionList>>;
  getSession(id: string, signal?: AbortSignal): Promise<Result<PbxSession>>;
  /** Places a call and returns the session ID. It is never sent a second time automatically. */
  createSession(body: CreateSession): Promise<Result<{ id: string }>>;
  /** `bad-answer`: a success with an unexpected body, so the call may go on. */
  destroySession(id: string): Promise<Result<null>>;
  me(signal?: AbortSignal): Promise<Result<PbxUser>>;
  /** Not every account may read it. A refusal does not end the sign-in. */
  tenant(signal?: AbortSignal): Promise<Result<PbxTenant>>;
  /** Newest first. `isPatient`: nobody waits for it, so it is sent after all other requests. */
  myCdrs(signal?: AbortSignal, urgency?: { isPatient: boolean }): Promise<Result<PbxCdr[]>>;
  userStatus(signal?: AbortSignal): Promise<Result<PbxUserStatus>>;
  /** How many voicemails are new. Not every account may read them. A refusal does not end the sign-in. */
  newVoicemails(signal?: AbortSignal): Promise<Result<number>>;
  cdrSync: CdrSync;
}
