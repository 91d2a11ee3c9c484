import { afterEach } from 'vitest';
import type { TestPbx, TestPbxOptions } from '../../../pbx/test-pbx.ts';
import { startTestPbx } from '../../../pbx/start-test-pbx.ts';
import { openTestDesk, type TestDesk } from '../../support/test-desk.ts';

const desks: TestDesk[] = [];
const pbxs: TestPbx[] = [];

afterEach(async () => {
  await Promise.all(desks.splice(0).map(({ desk }) => desk.close()));
  await Promise.all(pbxs.splice(0).map((pbx) => pbx.close()));
});

/** A PBX without calls of its own, closed after the test. */
export async function openPbx(options: TestPbxOptions = {}): Promise<TestPbx> {
  const pbx = await startTestPbx(options);
  pbxs.push(pbx);
  return pbx;
}

/** A desk that is closed after the test. */
export function openDesk(options: Parameters<typeof openTestDesk>[0] = {}): TestDesk {
  const made = openTestDesk(options);
  desks.push(made);
  return made;
}

/** How many requests for a path a PBX received. */
export const countRequests = ({ requests }: TestPbx, path: string): number =>
  requests.filter((request) => request.path === path).length;
