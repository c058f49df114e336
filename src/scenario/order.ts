/** What a newcomer sees one after the other: from the first election to the paper's hardest picture. */
export const startHere: readonly string[] = [
  "first-election",
  "leader-crash",
  "write-step-by-step",
  "minority-partition",
  "two-leaders",
  "log-repair",
  "figure-8",
];

interface Listed {
  readonly id: string;
  readonly group: string;
}

/**
 * What is offered after the last step of scenario `id`: the next one of the path; off the path, and after its end, the next in
 * the same group; then the next group's first. Null after the very last, and for what is not in `list`.
 */
export function nextScenario<T extends Listed>(id: string, list: readonly T[]): T | null {
  const onPath = startHere.indexOf(id);
  const following = onPath < 0 ? undefined : startHere[onPath + 1];
  if (following !== undefined) return list.find((one) => one.id === following) ?? null;
  const here = list.findIndex((one) => one.id === id);
  return here < 0 ? null : (list[here + 1] ?? null);
}
