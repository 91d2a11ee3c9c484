import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { NetworkWatch } from '../../src/main/network-watch.ts';
import { ManualClock } from '../support/manual-clock.ts';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

const of = (...addresses: string[]): NetworkInterfaceInfo[] =>
  addresses.map((address) =>
    address.includes(':')
      ? { address, netmask: '', mac: '', internal: false, family: 'IPv6', cidr: null, scopeid: 0 }
      : { address, netmask: '', mac: '', internal: address === '127.0.0.1', family: 'IPv4', cidr: null },
  );

function watched(interfaces: Interfaces) {
  const clock = new ManualClock();
  const desk = { interfaces, changes: 0, clock };
  const watch = new NetworkWatch({
    clock,
    interfaces: () => desk.interfaces,
    onChange: () => {
      desk.changes += 1;
    },
  });
  return { desk, watch };
}

test('A network that comes back is noticed within half a second; that it went is not worth a try.', async () => {
  const { desk } = watched({ lo: of('127.0.0.1'), wlan0: of('192.168.1.20') });
  desk.interfaces = { lo: of('127.0.0.1') };
  await desk.clock.advance(60_000);
  expect(desk.changes).toBe(0);
  desk.interfaces = { lo: of('127.0.0.1'), wlan0: of('192.168.1.20') };
  await desk.clock.advance(500);
  expect(desk.changes).toBe(1);
  await desk.clock.advance(60_000);
  expect(desk.changes).toBe(1);
});

test('Another network is noticed, a VPN beside it too; the order of what the system tells is none.', async () => {
  const { desk } = watched({ wlan0: of('192.168.1.20'), eth0: of('10.0.0.2') });
  desk.interfaces = { eth0: of('10.0.0.2'), wlan0: of('192.168.1.20') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(0);
  desk.interfaces = { eth0: of('10.0.0.2'), wlan0: of('172.16.0.9') };
  await desk.clock.advance(1_000);
  desk.interfaces = { ...desk.interfaces, tun0: of('10.8.0.3') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(2);
});

test('The temporary addresses that IPv6 takes every day are no change.', async () => {
  const { desk } = watched({ wlan0: of('2001:db8:1:2:aaaa::1') });
  desk.interfaces = { wlan0: of('2001:db8:1:2:bbbb::7') };
  await desk.clock.advance(1_000);
  expect(desk.changes).toBe(0);
});

test('A system that does not tell its addresses, and a watch that was stopped, change nothing.', async () => {
  const { desk, watch } = watched({ eth0: of('10.0.0.2') });
  const interfaces = desk.interfaces;
  Object.defineProperty(desk, 'interfaces', {
    configurable: true,
    get: () => {
      throw new Error('EPERM');
    },
  });
  await desk.clock.advance(1_000);
  Object.defineProperty(desk, 'interfaces', { value: interfaces, writable: true });
  watch.stop();
  await desk.clock.advance(10_000);
  expect(desk.changes).toBe(0);
});
