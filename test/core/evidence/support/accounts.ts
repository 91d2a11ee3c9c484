import {
  ELSEWHERE_RECORDED,
  ELSEWHERE_UNRECORDED,
  ENTRIES_AT_THE_END,
  KEEPS_ENDED_LEGS,
  NO_TOPICS,
  subscriptions,
  TALKING_AS_TEXT,
  TALKING_MISSING,
  TALKING_SINCE_START,
} from '../../../pbx/dialects.ts';
import { NOBODY_LISTS, openSignedIn, type EvidenceDesk, type EvidenceOptions } from './evidence-desk.ts';

/** The sources of calls that an account may use. */
export const SOURCES = {
  'the list': { dialect: NO_TOPICS },
  'the list and push': {},
  'the list and extension_events': { dialect: subscriptions('acknowledged', 'refused') },
  'push alone': { may: NOBODY_LISTS },
  'extension_events and the history': { may: NOBODY_LISTS, dialect: subscriptions('acknowledged', 'refused') },
  'my own status and the history': { may: NOBODY_LISTS, dialect: NO_TOPICS },
} satisfies Record<string, EvidenceOptions>;

const HISTORIES = {
  '22.2': { ...ENTRIES_AT_THE_END, ...ELSEWHERE_UNRECORDED },
  '22.6': { ...ENTRIES_AT_THE_END, ...ELSEWHERE_RECORDED },
};

/** What `talking_time` of the list means. */
const TALKING_TIMES = {
  'of the leg': {},
  'of the session': TALKING_SINCE_START,
  missing: TALKING_MISSING,
  'as text': TALKING_AS_TEXT,
};

/** Whether the list keeps legs that have ended while their call continues. */
const ENDED_LEGS = { dropped: {}, kept: KEEPS_ENDED_LEGS };

export type Source = keyof typeof SOURCES;
export type Release = keyof typeof HISTORIES;
export type TalkingTime = keyof typeof TALKING_TIMES;
export type EndedLegs = keyof typeof ENDED_LEGS;
export type ListDialect = [TalkingTime, EndedLegs];

const keys = <K extends string>(record: Record<K, unknown>): K[] => Object.keys(record) as K[];

/** The sources that read the list. */
export const WITH_LIST = keys(SOURCES).filter((source) => source.startsWith('the list'));

/** Every way in which a list describes the same calls. */
export const LIST_DIALECTS = keys(TALKING_TIMES).flatMap((time) =>
  keys(ENDED_LEGS).map((legs): ListDialect => [time, legs]),
);

export function dialectOf([time, legs]: ListDialect): NonNullable<EvidenceOptions['dialect']> {
  return { ...TALKING_TIMES[time], ...ENDED_LEGS[legs] };
}

/** Every source with the history of every release. */
export const ALL = keys(SOURCES).flatMap((source) =>
  keys(HISTORIES).map((release): [Source, Release] => [source, release]),
);

/** The same, and for sources that read the list also each of its dialects. */
export const ALL_DIALECTS = ALL.flatMap(([source, release]) => {
  const dialects: ListDialect[] = WITH_LIST.includes(source) ? LIST_DIALECTS : [['of the leg', 'dropped']];
  return dialects.map((dialect): [Source, Release, ...ListDialect] => [source, release, ...dialect]);
});

/** By then the PBX has the entry of a call in its history, and the desk has read it. */
export const SETTLED_MS = 150_000;

/** The same for one source. Without cdr_events, a call that is no longer mine may stay listed for a minute. */
export const settledMs = (source: Source): number =>
  source === 'the list' || source === 'the list and push' ? 40_000 : SETTLED_MS;

/** A signed-in desk whose account learns of calls from this source, on a PBX of this release. */
export function openDesk(
  source: Source,
  release: Release,
  dialect: EvidenceOptions['dialect'] = {},
  more: Pick<EvidenceOptions, 'sqlite'> = {},
): Promise<EvidenceDesk> {
  const options: EvidenceOptions = SOURCES[source];
  return openSignedIn({ ...options, ...more, dialect: { ...HISTORIES[release], ...options.dialect, ...dialect } });
}
