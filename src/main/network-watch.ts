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
  /** From which address of this computer the PBX is reached; null when that is not known. */
  localAddress: () => Promise<string | null>;
  /** The network changed or returned: connections over the old one are dead. */
  onChange: () => void;
}

/**
 * How often the addresses are read while the PBX cannot be reached: calls then appear within two seconds after the
 * network returns. While everything works, they are read on the shared 15-second beat, which causes no extra wake-ups.
 */
const URGENT_INTERVAL_MS = 500;

/** How many checks after a change read the route to the PBX, because a VPN gets its address before its routes. */
const ROUTE_CHECKS = 2;

/**
 * Detects changes of this computer's addresses that matter for the connection to the PBX, for example by a cable, Wi-Fi
 * or VPN. The interface of a container, or a VPN that does not carry the connection, leaves the PBX reached from the
 * same address. Electron's main process gets no such events. Failures further away (a router, the PBX) are not visible
 * here; the pollers find those.
 */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions;
  #need: NetworkNeed = 'none';
  /** The addresses at the last check, as text. */
  #last = '';
  /** The address from which the PBX is reached: null when it is not known, '' when this computer has lost it. */
  #local: string | null = null;
  /** The addresses have changed since the route was read. */
  #hasChanged = false;
  #routeChecks = 0;
  #isReadingRoute = false;
  readonly #next: Timer;

  constructor(options: NetworkWatchOptions) {
    this.#options = options;
    this.#next = new Timer(options.clock);
  }

  /** Sets how often to check. It costs little, so it may be called after every change of the state. */
  setNeed(need: NetworkNeed): void {
    if (need === this.#need) return;
    // Earlier changes do not matter, because there was no connection.
    if (this.#need === 'none') {
      this.#last = linesOf(this.#readAddresses());
      this.#local = null;
      this.#hasChanged = false;
      this.#routeChecks = 0;
      void this.#readRoute();
    }
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
      this.#check();
      this.#scheduleCheck();
    });
  }

  #check(): void {
    const addresses = this.#readAddresses();
    const lines = linesOf(addresses);
    if (lines !== this.#last) {
      this.#last = lines;
      this.#hasChanged = true;
      this.#routeChecks = ROUTE_CHECKS;
    }
    if (this.#local !== null && !addresses.some(({ address }) => address === this.#local)) this.#local = '';
    // Without an address no connection is possible.
    if (this.#routeChecks === 0 || lines === '' || this.#isReadingRoute) return;
    this.#routeChecks -= 1;
    void this.#readRoute();
  }

  async #readRoute(): Promise<void> {
    if (this.#isReadingRoute) return;
    this.#isReadingRoute = true;
    const found = await this.#options.localAddress();
    this.#isReadingRoute = false;
    if (this.#need === 'none' || this.#last === '') return;
    const local = found === null ? null : networkPart(found);
    const [before, hasChanged] = [this.#local, this.#hasChanged];
    this.#local = local;
    this.#hasChanged = false;
    if (isOtherRoute(before, local, hasChanged)) this.#options.onChange();
  }

  /** Returns [] when the system does not report them. */
  #readAddresses(): Address[] {
    try {
      return Object.entries(this.#options.interfaces()).flatMap(([name, addresses = []]) =>
        addresses
          .filter(({ address }) => isRoutable(address))
          .map(({ address, internal }) => ({ name, address: networkPart(address), internal })),
      );
    } catch {
      return [];
    }
  }
}

/** Whether the PBX is reached over another route. If one of the two is not known, changed addresses count as that. */
function isOtherRoute(before: string | null, after: string | null, hasChanged: boolean): boolean {
  return before === null || after === null ? hasChanged : before !== after;
}

interface Address {
  /** The name of the interface. */
  name: string;
  address: string;
  internal: boolean;
}

/** The addresses that can reach other computers, in an order that does not depend on the system. */
function linesOf(addresses: readonly Address[]): string {
  const lines = addresses.filter(({ internal }) => !internal).map(({ name, address }) => `${name} ${address}`);
  return [...new Set(lines)].toSorted().join(',');
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
