import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { DriverReport, DriverStep } from './node-notifier-driver.ts';

/**
 * Shows announcements with the real node-notifier in a separate process, because notify-send inherits display and bus
 * from its process.
 */
export async function driveNodeNotifier(
  steps: readonly DriverStep[],
  where: { env: Record<string, string>; cwd?: string },
): Promise<DriverReport> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('node-notifier-driver.ts', import.meta.url))], {
    env: { ...process.env, ...where.env },
    cwd: where.cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(steps));
  const report = await text(child.stdout);
  return JSON.parse(report) as DriverReport;
}
