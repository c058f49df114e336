/** Prints what was found, as one JSON object or in lines: 0; 3 where there is no such thing. */
export function answer<Found>(
  found: Found | null,
  missing: string,
  {
    json,
    state,
    lines,
  }: {
    readonly json: boolean;
    readonly state: (found: Found) => unknown;
    readonly lines: (found: Found) => readonly string[];
  },
): number {
  if (found === null) {
    console.error(missing);
    return 3;
  }
  if (json) console.log(JSON.stringify(state(found)));
  else for (const line of lines(found)) console.log(line);
  return 0;
}
