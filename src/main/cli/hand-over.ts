import { z } from 'zod';
import { commandSchema, ticketSchema } from '../../core/cli/wire.ts';
import type { Command } from '../../core/cli/command-line.ts';
import { findLink } from '../../core/dial/link-argument.ts';
import type { Wish } from '../launch-options.ts';

/** What a second start hands over; it requests the answer to a command with the `ticket`. */
export type HandedOver = Wish | { type: 'command'; command: Command; ticket: string };

const schema = z.object({
  wish: z.discriminatedUnion('type', [
    z.object({ type: z.literal('link'), link: z.string().max(100_000) }),
    z.object({ type: z.literal('command'), command: commandSchema, ticket: ticketSchema }),
  ]),
});

/** What a second start wants of the running program: its additionalData, judged as anything from outside is. */
export function handedOver(data: unknown): HandedOver | null {
  const read = schema.safeParse(data);
  if (!read.success) return null;
  const { wish } = read.data;
  if (wish.type === 'command') return wish;
  const link = findLink([wish.link]);
  return link === null ? null : { type: 'link', link };
}
