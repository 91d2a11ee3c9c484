import { z } from 'zod';
import { commandSchema, ticketSchema } from '../../core/cli/wire.ts';
import type { Command } from '../../core/cli/command-line.ts';
import { findLink } from '../../core/dial/link-argument.ts';
import type { Arrival } from '../arrivals.ts';
import type { OpenLink } from '../launch-options.ts';

/** The message of a second start. It fetches the answer to a command with the `ticket`. */
export type HandOver = OpenLink | { type: 'command'; command: Command; ticket: string };

const schema = z.object({
  action: z.discriminatedUnion('type', [
    z.object({ type: z.literal('link'), link: z.string().max(100_000) }),
    z.object({ type: z.literal('command'), command: commandSchema, ticket: ticketSchema }),
  ]),
});

/** Validates the additionalData of a second start like any other untrusted input. null when it is malformed. */
export function readHandOver(data: unknown): HandOver | null {
  const read = schema.safeParse(data);
  if (!read.success) return null;
  const { action } = read.data;
  if (action.type === 'command') return action;
  const link = findLink([action.link]);
  return link === null ? null : { type: 'link', link };
}

/** What an arrival hands over; null for a second start without a link, which shows the window. */
export function handOverOf(arrival: Arrival): HandOver | null {
  if (arrival.type === 'link') return { type: 'link', link: arrival.url };
  // Chromium may reorder argv and add switches to it, so the additionalData of our own second start comes first.
  const link = findLink(arrival.argv);
  return readHandOver(arrival.data) ?? (link === null ? null : { type: 'link', link });
}
