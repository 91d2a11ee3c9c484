import type { Call, CallEvent, Listening, LinkState } from '../../shared/call.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Clock } from '../clock.ts';
import type { Pbx } from '../pbx/types.ts';
import type { OwnNumbers } from './own-numbers.ts';
import type { PushedEnd } from './push-book.ts';

export interface CallMonitorOptions {
  pbx: Pbx;
  own: () => OwnNumbers;
  /** Time between two looks at the session list, in ms. */
  intervalMs: () => number;
  /** How long to wait instead, for the load's sake; the same unless told. */
  paced?: (ms: number) => number;
  /** Push told of a ring that is none of ours: the look that follows is urgent. Called before it is asked for. */
  onRing?: () => void;
  clock: Clock;
  /** Something that the window shows changed. Never told for `at` of a live link alone. */
  onChange: (calls: Call[], link: LinkState, listening: Listening) => void;
  /** After the onChange that shows the same look. */
  onEvents: (events: CallEvent[]) => void;
  /** Push told that a call is over, mine or not. */
  onOver?: (sessionId: string, end: PushedEnd) => void;
  /** Push told something of a session; null: of my phone, so perhaps of each of my calls. */
  onNews?: (sessionId: string | null) => void;
  /** The PBX ended the sign-in: polling is over. The calls stay listed as last seen, the link is off. */
  onStopped: (error: AppError) => void;
}
