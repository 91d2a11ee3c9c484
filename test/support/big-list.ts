/**
 * The body of GET /api/sessions of a very busy PBX, some 250 bytes for each call: every third one rings, the others have
 * talked for up to ten minutes when it was `began` (ms since 1970), and `secondsLater` longer. Since then `changes` of
 * them have ended, as many have begun, and half as many were answered. `sinceStart`: talking times count from the start
 * of the session, also while it rings.
 */
export function bigList(
  calls: number,
  began: number,
  secondsLater: number,
  changes = 0,
  { sinceStart = false } = {},
): string {
  const startOf = (index: number): number => {
    const startedAt = began - 1_000 * (calls - index);
    return sinceStart ? Math.min(began, startedAt) : startedAt;
  };
  const talkingTime = (index: number): number => {
    if (sinceStart) return (began - startOf(index)) / 1000 + secondsLater;
    return rings(index, changes) ? 0 : 1 + (index % 600) + secondsLater;
  };
  const items = Array.from({ length: calls }, (_, place) => place + changes).map((index) => ({
    id: String(884_757_570_370_000_000n + BigInt(index)),
    calls: [
      {
        caller: `+1201${String(5_000_000 + index)}`,
        caller_display_name: `Caller Number ${index}`,
        callee: String(20_000 + index),
        trunk: index % 2 === 0 ? 'Main trunk' : '',
        started_at: new Date(startOf(index)).toISOString(),
        talking_time: talkingTime(index),
        leg: index,
        domain: 'office.example.com',
      },
    ],
  }));
  return JSON.stringify({ count: calls, items });
}

const rings = (index: number, changes: number): boolean => index % 3 === 0 && index > 2 * changes;
