import type { ErrorText } from '../../messages/error-text.ts';
import type { TroubleMessages } from '../../messages/trouble.ts';

type Code = 'folderUnusable' | 'folderFull' | 'folderUnwritable' | 'folderUnlockable' | 'inUseElsewhere';

/**
 * Why the program cannot start. Throw it anywhere while the program starts: it is logged and shown in a window of its
 * own, and the program ends with exit code 1.
 */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
  readonly code: Code;
  readonly #folder: string;
  readonly #reason: string;

  /**
   * `folder`: where Traydial keeps its files. `reason`: the system's code, for example ENOTDIR, or the name of the other
   * computer. `cause`: for the report.
   */
  constructor(code: Code, folder: string, reason = '', cause?: unknown) {
    super(`${code} ${reason} ${folder}`, { cause });
    this.code = code;
    this.#folder = folder;
    this.#reason = reason;
  }

  text({ start }: TroubleMessages): ErrorText {
    return start[this.code](this.#folder, this.#reason);
  }
}
