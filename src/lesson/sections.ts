/** Sections that a lesson may name: of the extended paper "§5.2" and "Figure 8", of the dissertation "D 9.3". */
const paper = [
  "1",
  "2",
  "3",
  "4",
  "5",
  "5.1",
  "5.2",
  "5.3",
  "5.4",
  "5.4.1",
  "5.4.2",
  "5.4.3",
  "5.5",
  "5.6",
  "6",
  "7",
  "8",
];
const figures = 13;
/** Chapters 3, 4, 5, 6, 9, 10: those that describe the algorithm. */
const dissertation = [
  ...["3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.6.1", "3.6.2", "3.6.3", "3.7", "3.8", "3.9", "3.10"],
  ...["4.1", "4.2", "4.2.1", "4.2.2", "4.2.3", "4.3", "4.4"],
  ...["5.1", "5.1.1", "5.1.2", "5.1.3", "5.2", "5.3", "5.4"],
  ...["6.1", "6.2", "6.3", "6.4", "6.4.1", "6.5"],
  ...["9.1", "9.2", "9.3", "9.4", "9.5", "9.6"],
  ...["10.1", "10.2", "10.2.1", "10.2.2", "10.3"],
];

export function knownSection(section: string): boolean {
  const [, figure] = /^Figure (\d+)$/.exec(section) ?? [];
  if (figure !== undefined) return Number(figure) >= 1 && Number(figure) <= figures;
  if (section.startsWith("§")) return paper.includes(section.slice(1));
  return section.startsWith("D ") && dissertation.includes(section.slice(2));
}
