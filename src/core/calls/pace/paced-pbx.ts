import type { Pbx } from '../../pbx/types.ts';
import type { Pace } from './pace.ts';

/** The same PBX, each request sent when `pace` lets it. */
export function pacedPbx(pbx: Pbx, pace: Pace): Pbx {
  return {
    listSessions: (signal) => pace.run('list', () => pbx.listSessions(signal), signal),
    getSession: (id, signal) => pace.run('watch', () => pbx.getSession(id, signal), signal),
    createSession: (body) => pace.run('call', () => pbx.createSession(body)),
    destroySession: (id) => pace.run('call', () => pbx.destroySession(id)),
    me: (signal) => pace.run('other', () => pbx.me(signal), signal),
    myCdrs: (signal) => pace.run('other', () => pbx.myCdrs(signal), signal),
    userStatus: (signal) => pace.run('list', () => pbx.userStatus(signal), signal),
    cdrSync: {
      start: (from, signal) => pace.run('other', () => pbx.cdrSync.start(from, signal), signal),
      diff: (token, signal) => pace.run('other', () => pbx.cdrSync.diff(token, signal), signal),
    },
  };
}
