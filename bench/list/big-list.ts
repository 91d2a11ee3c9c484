/** Calls of one office, as GET /api/sessions lists them: 250 bytes each, every third one ringing, mine last. */
export function bigList(calls: number, secondsLater: number, began: number): string {
  const items = Array.from({ length: calls }, (_, index) => {
    const leg = {
      caller: index % 2 === 0 ? `+1201555${String(index % 10_000).padStart(4, '0')}` : String(10_000 + (index % 5_000)),
      caller_display_name: `Caller Number ${index}`,
      callee: index === calls - 1 ? '1001' : String(20_000 + (index % 7_000)),
      trunk: index % 2 === 0 ? 'Main trunk' : '',
      started_at: new Date(began - index * 1_000).toISOString().replace(/\.\d+Z$/, 'Z'),
      talking_time: index % 3 === 0 ? 0 : 1 + (index % 600) + secondsLater,
      leg: index,
      domain: 'office.example.com',
    };
    return { id: String(884_757_570_370_000_000n + BigInt(index)), calls: [leg] };
  });
  return JSON.stringify({ count: calls, items });
}
