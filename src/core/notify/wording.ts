import type { Call, Party } from '../../shared/call.ts';
import { plainText } from '../../shared/plain-text.ts';

const MAX_NAME = 80;
const MAX_NUMBER = 40;
const MAX_TRUNK = 32;
/** A name among others in a summary. */
const MAX_LABEL = 28;
const NAMED_IN_SUMMARY = 3;

export interface WordingContext {
  /** The user's own extension, which needs no mention; '' when not known. */
  extension: string;
  /** For people, e.g. "+1 201 555 0123". */
  formatNumber(number: string): string;
}

export interface Wording {
  title: string;
  body: string;
  /** Who it is, short, for a summary. */
  label: string;
}

/** "Anna Berg" / "Incoming call · through 8000 · +1 201 555 0123 · via Telekom · to 1001". */
export function incomingWording(
  call: Call,
  { transferred, via = '' }: { transferred: boolean; via?: string | undefined },
  context: WordingContext,
): Wording {
  const through = plainText(via, MAX_NUMBER);
  const kind = transferred
    ? 'Transferred to you'
    : through === ''
      ? 'Incoming call'
      : `Incoming call · through ${plainText(context.formatNumber(through), MAX_NUMBER)}`;
  const { name, number } = who(call.other, context);
  const title = name || number || 'Unknown caller';
  return { title, body: [kind, ...details(call, name, number, context)].join(' · '), label: label(call, context) };
}

/** "Missed call: Anna Berg" / "+1 201 555 0123 · via Telekom". */
export function missedWording(call: Call, context: WordingContext): Wording {
  const { name, number } = who(call.other, context);
  const rest = details(call, name, number, context).join(' · ');
  return {
    title: `Missed call: ${name || number || 'Unknown caller'}`,
    body: rest || 'Open Traydial to see it.',
    label: label(call, context),
  };
}

/** "5 calls are waiting: Anna Berg, Bo Chen, +1 201 555 0123 and 2 more". */
export function waitingTitle(labels: readonly string[]): string {
  return `${labels.length === 1 ? '1 call is' : `${labels.length} calls are`} waiting: ${list(labels)}`;
}

export function missedTitle(labels: readonly string[]): string {
  return `${labels.length === 1 ? '1 missed call' : `${labels.length} missed calls`}: ${list(labels)}`;
}

export const SUMMARY_BODY = 'Open Traydial to see them.';

function who(party: Party, context: WordingContext): { name: string; number: string } {
  const raw = plainText(party.number, MAX_NUMBER);
  const number = raw === '' ? '' : plainText(context.formatNumber(raw), MAX_NUMBER);
  const name = plainText(party.name, MAX_NAME);
  // Many trunks send the number as the name, too, or "Anonymous" as the name and "anonymous" as the number.
  if (!isSame(name, raw) && !isSame(name, number)) return { name, number };
  return { name: '', number: /\d/.test(number) ? number : name };
}

function details(call: Call, name: string, number: string, context: WordingContext): string[] {
  const trunk = plainText(call.trunk, MAX_TRUNK);
  const dialled = plainText(call.callee.number, MAX_NUMBER);
  const elsewhere = dialled !== '' && dialled !== context.extension && dialled !== call.other.number;
  return [
    ...(name !== '' && number !== '' ? [number] : []),
    ...(trunk === '' ? [] : [`via ${trunk}`]),
    ...(elsewhere ? [`to ${plainText(context.formatNumber(dialled), MAX_NUMBER)}`] : []),
  ];
}

/** Whether name and number are the same text, e.g. "Anonymous" and "anonymous". */
function isSame(a: string, b: string): boolean {
  return a.localeCompare(b, undefined, { sensitivity: 'accent' }) === 0;
}

function label(call: Call, context: WordingContext): string {
  const { name, number } = who(call.other, context);
  return plainText(name || number || 'Unknown caller', MAX_LABEL);
}

function list(labels: readonly string[]): string {
  if (labels.length <= NAMED_IN_SUMMARY) return labels.join(', ');
  return `${labels.slice(0, NAMED_IN_SUMMARY).join(', ')} and ${labels.length - NAMED_IN_SUMMARY} more`;
}
