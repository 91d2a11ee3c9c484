import { z } from 'zod';
import { MAX_NUMBER, MAX_TEXT, type Command } from './command-line.ts';
import type { CommandAnswer } from './exit-codes.ts';

/** The version of the protocol. It changes when two versions of the program no longer understand each other. */
export const WIRE_VERSION = 1;

/** Longer lines are refused. A text of MAX_TEXT characters fits even if each of them is escaped. */
export const MAX_LINE = 32 * 1024;

/** A command, or the ticket of a command that was handed over before and whose answer is wanted. */
export type CommandOrTicket = { command: Command } | { ticket: string };

/** `token` proves that the sender can read this user's files. */
export type CommandRequest = CommandOrTicket & { token: string };

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

/** A request is one line of JSON. */
export const writeRequest = (request: CommandRequest): string => `${JSON.stringify({ v: WIRE_VERSION, ...request })}\n`;

/** An answer is one line of JSON. */
export const writeAnswer = ({ exit, text }: CommandAnswer): string =>
  `${JSON.stringify({ v: WIRE_VERSION, exit, text })}\n`;

/** Returns the request in a line; null for any other text. */
export function readRequest(line: string): CommandRequest | null {
  const request = requestSchema.safeParse(parse(line));
  if (!request.success) return null;
  const { token, ...rest } = request.data;
  return 'ticket' in rest ? { token, ticket: rest.ticket } : { token, command: rest.command };
}

/** Returns the answer in a line; null for any other text. */
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
