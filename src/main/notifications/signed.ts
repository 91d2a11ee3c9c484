import { runProgram, type Run } from '../run-program.ts';

const LIMIT_MS = 5_000;

/**
 * Whether this program was signed with an Apple certificate (macOS). The system asks the user to allow notifications
 * only for such a program; it refuses any other without a question. codesign is part of the system and only reads.
 */
export async function isSigned(program: string, run: Run = runProgram): Promise<boolean> {
  try {
    return /anchor apple/.test(await run('/usr/bin/codesign', ['--display', '-r-', program], LIMIT_MS));
  } catch {
    return false;
  }
}
