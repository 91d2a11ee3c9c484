import { runProgram, type Run } from '../session-bus.ts';

const LIMIT_MS = 5_000;

/**
 * macOS: was this program signed with a certificate of Apple's? Only then the system asks the user whether it may
 * notify; any other program is refused without a question. codesign is part of the system and only reads.
 */
export async function isSigned(program: string, run: Run = runProgram): Promise<boolean> {
  try {
    return /anchor apple/.test(await run('/usr/bin/codesign', ['--display', '-r-', program], LIMIT_MS));
  } catch {
    return false;
  }
}
