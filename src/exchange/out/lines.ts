import { type Micros, microsPerSecond } from "../../base/units.ts";

/** Characters of a text that goes out; a writer that would need more stops, and says so. */
export const charactersMost = 40_000_000;

/** What a writer has put down so far, a line at a time. */
export class Lines {
  private readonly all: string[] = [];
  private characters = 0;

  constructor(private readonly most = charactersMost) {}

  add(line: string): void {
    this.all.push(line);
    this.characters += line.length + 1;
  }

  get full(): boolean {
    return this.characters >= this.most;
  }

  get count(): number {
    return this.all.length;
  }

  /** Each line ends. */
  text(): string {
    return this.all.length === 0 ? "" : `${this.all.join("\n")}\n`;
  }
}

/** "1.234567 s". */
export const seconds = (at: Micros): string => `${(at / microsPerSecond).toFixed(6)} s`;

/** Said where a writer had enough before the end. */
export const cutAt = (at: Micros, why: string): string => `${why}: what comes after ${seconds(at)} is left out.`;
