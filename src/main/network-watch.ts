import type { networkInterfaces } from 'node:os';
import { untilBeat, type Clock } from '../core/clock.ts';
import type { State } from '../shared/state.ts';
import { Timer } from '../shared/timer.ts';

/** `none`: the program sends no requests; `normal`: the PBX answers; `urgent`: the PBX cannot be reached. */
export type NetworkNeed = 'none' | 'normal' | 'urgent';

/** How often the network must be checked in this state. Pure. */
export function networkNeed({ account, calls }: Pick<State, 'account' | 'calls'>): NetworkNeed {
  // The demo PBX runs on this computer.
  if (account.status === 'signed-out' || account.demo) return 'none';
  return calls.list.status === 'live' || calls.list.status === 'forbidden' ? 'normal' : 'urgent';
}

export interface NetworkWatchOptions {
  clock: Clock;
  interfaces: typeof networkInterfaces;
  /** The network changed or returned: connections over the old one are dead. */
  onChange: () => void;
}

/**
 * How often the addresses are read while the PBX cannot be reached: calls then appear within two seconds after the
 * network returns. While everything works, they are read on the shared 15-second beat, which causes no extra wake-ups.
 */
const URGENT_INTERVAL_MS = 500;

/**
 * Detects changes of this computer's addresses, for example by a cable, Wi-Fi or VPN. Electron's main process gets no
 * such events. Failures further away (a router, the PBX) are not visible here; the pollers find those.
 */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions;
  #need: NetworkNeed = 'none';
  #last = '';
  readonly #next: Timer;

  constructor(options: NetworkWatchOptions) {
    this.#options = options;
    this.#next = new Timer(options.clock);
  }

  /** Cheap enough to call after every state change. */
  setNeed(need: NetworkNeed): void {
    if (need === this.#need) return;
    // There was no connection before that a change could have broken.
    if (this.#need === 'none') this.#last = this.#readAddresses();
    this.#need = need;
    this.#scheduleCheck();
  }

  stop(): void {
    this.setNeed('none');
  }

  #scheduleCheck(): void {
    this.#next.stop();
    if (this.#need === 'none') return;
    this.#next.start(this.#need === 'urgent' ? URGENT_INTERVAL_MS : untilBeat(this.#options.clock), () => {
      const now = this.#readAddresses();
      const changed = now !== this.#last;
      this.#last = now;
      this.#scheduleCheck();
      // Without an address no connection is possible.
      if (changed && now !== '') this.#options.onChange();
    });
  }

  /** Addresses by interface; '' when there are none or the system does not report them. */
  #readAddresses(): string {
    try {
      return Object.entries(this.#options.interfaces())
        .flatMap(([name, addresses = []]) =>
          addresses
            .filter(({ internal, address }) => !internal && isRoutable(address))
            .map(({ address }) => `${name} ${networkPart(address)}`),
        )
        .filter((line, index, all) => all.indexOf(line) === index)
        .toSorted()
        .join(',');
    } catch {
      return '';
    }
  }
}

/** Link-local addresses (RFC 3927, RFC 4291) reach no PBX; a container that starts adds some. */
const isRoutable = (address: string): boolean => !/^(169\.254\.|fe[89ab][0-9a-f]:)/i.test(address);

/** Keeps only the network part of IPv6: temporary addresses (RFC 8981) change daily without breaking connections. */
function networkPart(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::', 2);
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  // "::" stands for the missing groups of zeros.
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups.slice(0, 4).join(':');
}
