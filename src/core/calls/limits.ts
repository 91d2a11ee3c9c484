import { BEAT_MS } from '../clock.ts';

/**
 * Every limit in time and number that the calls live by, each with its reason. Times in ms. What the requests of a desk
 * may cost is in pace/.
 */
export const LIMITS = {
  // What one source may lag behind another.

  /** Push may tell of a call before it is listed, and the list may show it for a moment after its end. */
  listLag: 3_000,
  /** A PBX may list a session for longer than that after `call_cdr`, which is the stronger statement. */
  listedAfterEnd: 15_000,
  /** A session may take a moment to be found after the PBX gave its id. */
  notYetListed: 5_000,
  /** A leg that is over is shown so long while nothing takes its place: what becomes of the call follows it. */
  linger: 2_000,
  /** How long the name of a call that rings is waited for, where one may come. */
  nameWait: 800,
  /** Calls of colleagues are shown a moment later, many at once. */
  colleagues: 1_000,

  // How long something is believed without being confirmed.

  /** No phone rings longer without being confirmed. */
  ringing: 300_000,
  /** No call lasts longer without being confirmed. */
  call: 12 * 3_600_000,
  /** After push is back, what neither it nor the list confirms within this time is over. */
  confirm: 10_000,
  /** The same while push is away and nobody else can confirm it. */
  lost: 60_000,
  /** A little more than the time between two looks: what ended in a longer gap ended at its beginning. */
  longGap: 90_000,

  // Clocks.

  /** What is shown gets older on this beat where nothing else happens. */
  beat: BEAT_MS,
  /** Clocks count in whole seconds and answers travel: smaller differences change nothing that is shown. */
  noise: 3_000,
  /** An HTTP Date has whole seconds and the answer took its time. */
  offsetNoise: 2_000,
  /** A wall clock that differs by more than this from what it should be was set. */
  clockSet: 1_000,
  /** `talking_time` that differs by no more from the age of the session has run since its start. */
  sinceStart: 2_000,
  /** Two legs answered within this time were answered together, as far as can be known. */
  sameMoment: 2_000,

  // How often the list is asked for.

  /** While push tells what happens, the list is asked for to compare. */
  compare: 75_000,
  /** While a call rings me, and push may not say that it was answered. */
  compareRinging: 7_000,
  /** While push says that I talk but not with whom: a transfer shows in the list alone. */
  compareInCall: 15_000,

  // Calls placed here.

  /** A request without an answer may still turn out to have placed a call. */
  placing: 120_000,
  /** So soon after it accepted a call the PBX rings my phone. */
  ringsWithin: 15_000,
  /** Time between two looks at a placed call until it is connected. */
  watch: 1_000,
  /** A connected call can only end, and one that push tells of is looked at when it does. */
  watchRarely: 5_000,
  /** After so long without a sign of it, the end of a placed call is not waited for. */
  placedLost: 600_000,
  /** No phone rings longer: whatever became of the call, it is not being placed any more. */
  placingRings: 180_000,
  /** So long a call that cannot be looked at keeps the next one from being placed. */
  placingSilent: 60_000,
  /** The same where the account may not look at all: long enough for a second thought about a double click. */
  placingBlind: 10_000,
  /** An end that is noticed later than this leaves open how long the call lasted. */
  noticedLate: 15_000,

  // The call history.

  /** It is written after the call has ended. */
  written: 1_500,
  /** An entry for a call that just ended is looked for in as many looks as `historyLooks` says, this far apart, */
  historyAgain: 4_000,
  /** and no longer than this where the history does not answer, or other requests go first. */
  historyWait: 20_000,
  historyLooks: 2,
  /** A history that does not answer holds nothing up. */
  historyTimeout: 5_000,
  /** Missed calls are not urgent; and after a call the history is asked anyway. */
  history: 60_000,
  /** How long it may take to name a call of which only the ringing phone was known. */
  named: 60_000,
  /** Its clock and this computer's may differ by so much. */
  sameCall: 120_000,
  /** Clocks may differ: the first answer reaches back so far, and what it holds is not announced. */
  reachBack: 3_600_000,
  /** An entry that begins this much earlier or later than a placed call belongs to another one. */
  entryEarlier: 5_000,
  entryLater: 300_000,
  /** A queue offers a call to the same phone again within this time. */
  offeredAgain: 60_000,

  /** How long ends are remembered. */
  remembered: 600_000,
  /** A history that is asked for anew reaches back so far, and names calls that were announced already. */
  announced: 3_720_000,
} as const;

/** Beyond these the oldest go, those of colleagues first: nothing grows without end. */
export const MOST = {
  /** Sessions that only push has told of. */
  pushed: 2_000,
  ends: 2_000,
  legs: 64,
  /** Requests to place a call whose session never showed up. */
  placings: 100,
  /** More than a phone can become idle between two answers of the list. */
  idles: 20,
  /** Entries of the history that have been dealt with. */
  entries: 5_000,
  replaced: 50,
} as const;
