interface Size {
  readonly width: number;
  readonly height: number;
}
/** In pixels of the page, as `getBoundingClientRect` gives it. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

interface Surroundings {
  readonly page: Size;
  /** What must stay in sight: servers. */
  readonly never: readonly Box[];
  /** What had better stay in sight: the stage. */
  readonly rather: readonly Box[];
}

/** Between the definition and its word, and to the page's edges. */
const gap = 8;

const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top));
const sum = (areas: readonly number[]): number => areas.reduce((a, b) => a + b, 0);
const clamp = (x: number, low: number, high: number): number => Math.max(low, Math.min(x, high));

/**
 * Where a definition of that size lies for the word at `word`: above it if that hides nothing, else below it, moved aside as
 * far as needed. It stays on the page, and never lies over the word itself.
 */
export function placeOf(word: Box, size: Size, { page, never, rather }: Surroundings): { left: number; top: number } {
  const farLeft = page.width - gap - size.width;
  const centre = word.left + word.width / 2 - size.width / 2;
  const edges = [...never, ...rather].flatMap((box) => [box.left - gap - size.width, box.left + box.width + gap]);
  const lefts = [centre, ...edges.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre))];
  const tops = [word.top - gap - size.height, word.top + word.height + gap];
  const places = tops.flatMap((top) => lefts.map((left) => ({ left: clamp(left, gap, Math.max(gap, farLeft)), top })));
  const cost = ({ left, top }: { left: number; top: number }): number => {
    const box = { left, top, ...size };
    const outside = size.width * size.height - overlap(box, { left: 0, top: 0, ...page });
    return (
      100 * outside + 10 * sum(never.map((each) => overlap(box, each))) + sum(rather.map((each) => overlap(box, each)))
    );
  };
  const best = places.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  return { left: best.left, top: clamp(best.top, gap, Math.max(gap, page.height - gap - size.height)) };
}
