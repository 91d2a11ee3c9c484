import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { activity, tree, weigh } from '../../bench/shell/processes.ts';

// Says so once the process inside has loaded; then works for a moment, waits on a timer, and answers.
const CHILD = `
  const { spawn } = require('node:child_process');
  const script = 'process.stdin.resume(); process.stdout.write("loaded")';
  const inner = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  inner.stdout.once('data', () => console.log(inner.pid));
  process.stdin.once('data', () => {
    const from = process.cpuUsage().user;
    while (process.cpuUsage().user < from + 300_000);
    setTimeout(() => console.log('done'), 10);
  });
`;

async function parent() {
  const child = spawn(process.execPath, ['-e', CHILD], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [inner] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, pid: child.pid ?? 0, inner: Number(inner.toString()) };
}

test.runIf(process.platform === 'linux')('measures a program together with the processes that it started', async () => {
  const { pid, inner } = await parent();
  expect(tree(pid).map((process) => process.pid)).toEqual([pid, inner]);
  const { pssMb, mainPssMb } = weigh(pid);
  expect(mainPssMb).toBeGreaterThan(5);
  expect(pssMb).toBeGreaterThan(mainPssMb + 5);
});

test.runIf(process.platform === 'linux')(
  'counts processor time while a program works and wake-ups when it is woken',
  async () => {
    const { child, pid } = await parent();
    const before = activity(pid);
    child.stdin.write('go');
    await once(child.stdout, 'data');
    const after = activity(pid);
    expect(after.cpuSeconds - before.cpuSeconds).toBeGreaterThanOrEqual(0.1);
    expect(after.wakeUps).toBeGreaterThan(before.wakeUps);
  },
);

test('reports no memory for a program that has ended', () => {
  expect(weigh(2 ** 30)).toEqual({ pssMb: 0, mainPssMb: 0 });
});
