import {
  ELSEWHERE_RECORDED,
  ELSEWHERE_UNRECORDED,
  ENTRIES_AT_THE_END,
  NO_TOPICS,
  subscriptions,
} from '../../../pbx/dialects.ts';
import { NOBODY_LISTS, signedIn, type EvidenceDesk, type EvidenceOptions } from './evidence-desk.ts';

/** The sources of calls that an account may use. */
export const SOURCES = {
  'the list': { dialect: NO_TOPICS },
  'the list and push': {},
  'the list and extension_events': { dialect: subscriptions('acknowledged', 'refused') },
  'push alone': { may: NOBODY_LISTS },
  'extension_events and the history': { may: NOBODY_LISTS, dialect: subscriptions('acknowledged', 'refused') },
  'the own status and the history': { may: NOBODY_LISTS, dialect: NO_TOPICS },
} satisfies Record<string, EvidenceOptions>;

const HISTORIES = {
  '22.2': { ...ENTRIES_AT_THE_END, ...ELSEWHERE_UNRECORDED },
  '22.6': { ...ENTRIES_AT_THE_END, ...ELSEWHERE_RECORDED },
};

export type Source = keyof typeof SOURCES;
export type Release = keyof typeof HISTORIES;

/** Every source with the history of every release. */
export const ALL = (Object.keys(SOURCES) as Source[]).flatMap((source) =>
  (Object.keys(HISTORIES) as Release[]).map((release): [Source, Release] => [source, release]),
);

/** The history has written a call down by then, and has been asked for it. */
export const SETTLED_MS = 150_000;

/** A desk whose account knows calls from there, on a PBX of that release. */
export function openDesk(
  source: Source,
  release: Release,
  dialect: EvidenceOptions['dialect'] = {},
): Promise<EvidenceDesk> {
  const options: EvidenceOptions = SOURCES[source];
  return signedIn({ ...options, dialect: { ...HISTORIES[release], ...options.dialect, ...dialect } });
}
