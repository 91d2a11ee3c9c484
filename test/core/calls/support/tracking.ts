import type { OwnNumbers } from '../../../../src/core/calls/own-numbers.ts';
import {
  callsOf,
  initialTracker,
  track,
  type TrackerInput,
  type TrackerState,
} from '../../../../src/core/calls/tracker.ts';
import type { PbxSession } from '../../../../src/core/pbx/types.ts';
import type { Call, CallEvent } from '../../../../src/shared/call.ts';
import { ADA, NINE } from './sessions.ts';

/** A tracker with a memory and a clock, for stories. Events read "for-me a", with a star for a transferred call. */
export class Tracking {
  state: TrackerState = initialTracker;
  now = NINE;
  /** Of the last input. */
  events: CallEvent[] = [];
  own: OwnNumbers = ADA;
  /** How far the PBX's clock is ahead of this computer's, in ms. */
  pbxAhead = 0;

  /** As after the first look at an idle PBX. */
  ready(): this {
    this.look();
    return this;
  }

  after(seconds: number): this {
    this.now += seconds * 1000;
    return this;
  }

  look(...sessions: PbxSession[]): string[] {
    return this.tell({ type: 'snapshot', sessions, pbxTime: this.now + this.pbxAhead });
  }

  reset(): void {
    this.tell({ type: 'reset' });
  }

  tell(input: TrackerInput): string[] {
    const [state, events] = track(this.state, input, this.own, this.now);
    this.state = state;
    this.events = events;
    return events.map(brief);
  }

  get calls(): Call[] {
    return callsOf(this.state);
  }
}

function brief(event: CallEvent): string {
  const star = event.type === 'for-me' && event.transferred ? '*' : '';
  return `${event.type} ${event.call.id}${star}`;
}
