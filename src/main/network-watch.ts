import type { networkInterfaces } from 'node:os';
import type { Clock } from '../core/clock.ts';

export interface NetworkWatchOptions {
  clock: Clock;
  interfaces: typeof networkInterfaces;
  /** Another network, or one again: connections made over the last one are dead. */
  onChange: () => void;
}

/** Often enough for calls to be shown again within two seconds of the network's return; a look costs less than 0.1 ms. */
const LOOK_EVERY_MS = 500;

/**
 * Notices that this computer's addresses changed: a cable, a Wi-Fi, a VPN came or went. Electron tells the main process
 * nothing of it. What happens further out (a router, the PBX itself) cannot be noticed here; the pollers try that.
 */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions;
  #last: string;
  #cancel: () => void = () => undefined;

  constructor(options: NetworkWatchOptions) {
    this.#options = options;
    this.#last = this.#look();
    this.#wait();
  }

  stop(): void {
    this.#cancel();
  }

  #wait(): void {
    this.#cancel = this.#options.clock.after(LOOK_EVERY_MS, () => {
      const now = this.#look();
      const changed = now !== this.#last;
      this.#last = now;
      this.#wait();
      // Without any address there is nothing to try.
      if (changed && now !== '') this.#options.onChange();
    });
  }

  /** Addresses by interface; '' when there are none, or when the system does not tell. */
  #look(): string {
    try {
      return Object.entries(this.#options.interfaces())
        .flatMap(([name, addresses = []]) =>
          addresses.filter(({ internal }) => !internal).map(({ address }) => `${name} ${steady(address)}`),
        )
        .toSorted()
        .join(',');
    } catch {
      return '';
    }
  }
}

/** Of IPv6 the network alone: temporary addresses (RFC 8981) change daily without anything being cut off. */
const steady = (address: string): string =>
  address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
