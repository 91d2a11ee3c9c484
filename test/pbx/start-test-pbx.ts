import { afterEach, expect } from 'vitest';
import { startDemoPbx, type DemoPbx, type DemoPbxOptions } from '../../src/demo/index.ts';
import { contractViolations } from './contract.ts';

const started: DemoPbx[] = [];

/**
 * A PBX without calls of its own that holds Traydial to the documented API: the test fails when one of its requests
 * uses a path, query, field or type that PortSIP does not document. Whoever starts it closes it.
 */
export async function startTestPbx(options: DemoPbxOptions = {}): Promise<DemoPbx> {
  const pbx = await startDemoPbx({ traffic: false, ...options });
  started.push(pbx);
  return pbx;
}

afterEach(() => {
  expect(started.splice(0).flatMap(({ requests }) => contractViolations(requests))).toEqual([]);
});
