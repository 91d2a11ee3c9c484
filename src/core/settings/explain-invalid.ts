import type { z } from 'zod';

/** What a field that is typed into takes, where more than a length has to be said. */
const TAKES: Readonly<Record<string, string>> = {
  'polling.intervalSeconds': 'Type a whole number of seconds from 2 to 300.',
  'identity.callFrom': 'Type a phone number in digits, or nothing.',
  'identity.ownNumbers': 'Type a phone number in digits; at most 50 may be yours.',
  'trust.authoritiesFile': 'Type the whole path of a file.',
};

const NAMES: Readonly<Record<string, string>> = {
  callerDisplayName: 'Caller display name',
  trunk: 'Trunk',
  rewriteFrom: 'Rewrite From',
  rewritePai: 'Rewrite PAI',
  rewriteRpi: 'Rewrite RPI',
  userData: 'User data',
  target: 'Target address',
  targetInstanceId: 'Target instance ID',
  targetExtensionNumber: 'Target extension',
};

/** What to type instead of a value that was refused; null where the user had a list to choose from. */
export function explainInvalid({ issues }: z.ZodError): string | null {
  const issue = issues[0];
  const path = (issue?.path ?? []).map(String);
  const taken = TAKES[path.slice(0, 2).join('.')];
  if (taken !== undefined) return taken;
  const name = NAMES[path.at(-1) ?? ''];
  if (name === undefined) return null;
  if (issue?.code === 'too_big') return `${name} takes at most ${issue.maximum} characters.`;
  return `${name} takes one line of text.`;
}
