/**
 * Makes a list as short as it can be made while it still fits: first halves, quarters and so on are left out (delta
 * debugging), then single items, until none can be missed. Goes on for as many trials as it is told to.
 */
export class Shrink<Item> {
  private size: number;
  private at = 0;
  /** Nothing was left out since the last time that `at` was 0. */
  private fruitless = true;
  done = false;

  /** `fits`: gives the list that shows it, which may be shorter than the one that was tried, or null. */
  constructor(
    public items: readonly Item[],
    private readonly fits: (items: readonly Item[]) => readonly Item[] | null,
  ) {
    this.size = Math.max(1, items.length >> 1);
    this.done = items.length === 0;
  }

  /** Makes up to `trials` trials. Returns how many it made. */
  advance(trials: number): number {
    let made = 0;
    for (; made < trials && !this.done; made++) this.step();
    return made;
  }

  /** From the end to the start: what comes late depends on what comes early. */
  private step(): void {
    const to = this.items.length - this.at;
    if (to <= 0) return this.round();
    const from = Math.max(0, to - this.size);
    const shorter = this.fits([...this.items.slice(0, from), ...this.items.slice(to)]);
    if (shorter === null) {
      this.at += this.size;
      return;
    }
    this.items = shorter;
    this.fruitless = false;
  }

  private round(): void {
    this.at = 0;
    if (this.items.length === 0 || (this.size === 1 && this.fruitless)) this.done = true;
    else if (this.fruitless || this.size > 1) this.size = Math.max(1, this.size >> 1);
    this.fruitless = true;
  }
}
