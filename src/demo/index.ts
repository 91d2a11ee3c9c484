import { systemClock } from '../core/clock.ts';
import type { DemoEvent } from './call-plans.ts';
import { fingerprintOf, makeCertificate } from './certificate.ts';
import { ACCOUNT } from './office.ts';
import { officeDirectories } from './office-directory.ts';
import { OfficePbx } from './office-pbx.ts';
import { PushServer } from './push/push-server.ts';
import { HOST, PbxServer } from './server.ts';

/** A running demo PBX. */
interface DemoPbx {
  /** host:port */
  readonly address: string;
  /** SHA-256 of the certificate, AA:BB:… */
  readonly fingerprint: string;
  /** The account to sign in with. */
  readonly account: typeof ACCOUNT;
  /** Starts a call of this kind now. */
  make(event: DemoEvent): void;
  /** Stops all timers and closes all connections. */
  close(): Promise<void>;
}

/**
 * Starts the demo PBX on any free port of 127.0.0.1: an HTTPS server that behaves like the documented REST API and push
 * of a PortSIP PBX 22.3. Where the documents are silent, a comment names the guess. Start reading at `switchboard.ts`
 * (what a call is), `placed-call.ts` (what POST /sessions does), `dialect.ts` (how calls are described), `routes/` (how
 * each path is answered) and `push/` (what is pushed). The same `seed` gives the same office calls.
 */
export async function startDemoPbx(seed: number): Promise<DemoPbx> {
  const clock = systemClock;
  const certificate = await makeCertificate();
  const pbx: OfficePbx = new OfficePbx({ clock, seed, publisher: () => push, directories: officeDirectories() });
  const push: PushServer = new PushServer(pbx.pushRules);
  const server = new PbxServer({ certificate, clock, push, answer: (request) => pbx.answer(request) });
  const port = await server.listen(0);
  pbx.traffic.start();
  return {
    address: `${HOST}:${port}`,
    fingerprint: fingerprintOf(certificate),
    account: ACCOUNT,
    make: (event) => void pbx.traffic.make(event),
    close: () => {
      pbx.powerFails();
      return server.close();
    },
  };
}
