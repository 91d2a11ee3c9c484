import { systemClock } from '../core/clock.ts';
import type { DemoEvent } from './call-plans.ts';
import { fingerprintOf, makeCertificate } from './certificate.ts';
import { ACCOUNT } from './office.ts';
import { OfficePbx } from './office-pbx.ts';
import { PushServer } from './push/push-server.ts';
import { HOST, PbxServer } from './server.ts';

/** A running demo PBX. */
interface DemoPbx {
  /** host:port */
  readonly address: string;
  /** SHA-256 of the certificate, AA:BB:… */
  readonly fingerprint: string;
  /** Who signs in. */
  readonly account: typeof ACCOUNT;
  /** Makes a call happen now. */
  make(event: DemoEvent): void;
  /** Ends all timers and connections. */
  close(): Promise<void>;
}

/**
 * Starts the demo PBX on any free port of 127.0.0.1: an HTTPS server that behaves as the REST API of a PortSIP PBX 22.3
 * and its push are documented to, and, where the documents are silent, as a comment at that place says. It begins at
 * `switchboard.ts` (what a call is), `placed-call.ts` (what POST /sessions sets off), `dialect.ts` (how calls are
 * described), `routes/` (what each path answers) and `push/` (what is pushed). `seed`: which day of office calls to play.
 */
export async function startDemoPbx(seed: number): Promise<DemoPbx> {
  const clock = systemClock;
  const certificate = await makeCertificate();
  const pbx: OfficePbx = new OfficePbx({ clock, seed, publisher: () => push });
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
