import { z } from 'zod';
import { MAX_NUMBER, MAX_TEXT, type Command } from './command-line.ts';
import type { CommandAnswer } from './exit-codes.ts';

/** Changes when an older program could no longer be talked to. */
export const WIRE_VERSION = 1;

/** The longest line either side reads: a text of MAX_TEXT characters with everything in it escaped, and some. */
export const MAX_LINE = 32 * 1024;

/** A command, or a request for the answer to the command that was handed over with this ticket. */
export type Asked = { command: Command } | { ticket: string };

/** `token` proves that the sender may read this user's files. */
export type CommandRequest = Asked & { token: string };

export const ticketSchema = z.string().regex(/^[0-9a-f]{32}$/);

export const commandSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('dial'), text: z.string().min(1).max(MAX_TEXT) }),
  z.strictObject({ name: z.literal('hangup') }),
  z.strictObject({ name: z.literal('show') }),
  z.strictObject({ name: z.literal('why'), number: z.string().max(MAX_NUMBER) }),
]) satisfies z.ZodType<Command>;

const envelope = { v: z.literal(WIRE_VERSION), token: z.string().min(1).max(200) };
const requestSchema = z.union([
  z.strictObject({ ...envelope, command: commandSchema }),
  z.strictObject({ ...envelope, ticket: ticketSchema }),
]);
const answerSchema = z.object({
  v: z.literal(WIRE_VERSION),
  exit: z.int().min(0).max(255),
  text: z.string().max(4000),
});

/** One line of JSON each way. */
export const writeRequest = (request: CommandRequest): string => `${JSON.stringify({ v: WIRE_VERSION, ...request })}\n`;

export const writeAnswer = ({ exit, text }: CommandAnswer): string =>
  `${JSON.stringify({ v: WIRE_VERSION, exit, text })}\n`;

/** The request in a line, or null for everything else. */
export function readRequest(line: string): CommandRequest | null {
  const request = requestSchema.safeParse(parse(line));
  if (!request.success) return null;
  const { token, ...asked } = request.data;
  return 'ticket' in asked ? { token, ticket: asked.ticket } : { token, command: asked.command };
}

export function readAnswer(line: string): CommandAnswer | null {
  const answer = answerSchema.safeParse(parse(line));
  return answer.success ? { exit: answer.data.exit, text: answer.data.text } : null;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}
