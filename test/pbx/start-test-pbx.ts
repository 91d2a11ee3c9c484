import { afterEach, expect } from 'vitest';
import { contractViolations } from './contract.ts';
import { openTestPbx, type TestPbx, type TestPbxOptions } from './test-pbx.ts';

const started: TestPbx[] = [];

/**
 * A PBX without calls of its own that accepts only the documented API: the test fails if a request of Traydial
 * uses a path, query, field or type that PortSIP does not document. The caller closes it.
 */
export async function startTestPbx(options: TestPbxOptions = {}): Promise<TestPbx> {
  const pbx = await openTestPbx({ traffic: false, ...options });
  started.push(pbx);
  return pbx;
}

afterEach(() => {
  expect(started.splice(0).flatMap(({ requests }) => contractViolations(requests))).toEqual([]);
});
