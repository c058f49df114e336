/** What a file about a run is called, without its ending: "two-leaders-at-once". */
export function fileStem(title: string): string {
  const words = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return words.slice(0, 60) || "run";
}
