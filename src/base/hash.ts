/** Mixing of 32-bit integers. Same bits in every engine: only Math.imul, shifts and xor. */
export function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 13);
}

/** 32-bit digest of a text (UTF-16 code units). */
export function digestText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i));
  return mix(h, text.length);
}

/** Two independent 32-bit lanes over a sequence of safe integers: the hash of a moment. */
export class Hasher {
  private a = 0x9e3779b9 | 0;
  private b = 0x243f6a88 | 0;

  add(value: number): void {
    const low = value | 0;
    const high = (value - (low >>> 0)) / 0x1_0000_0000;
    this.a = mix(this.a, low);
    this.b = mix(this.b ^ 0x5bd1e995, low + 0x7f4a7c15);
    if (high !== 0) {
      this.a = mix(this.a, high);
      this.b = mix(this.b, high + 1);
    }
  }

  addText(text: string): void {
    this.add(digestText(text));
  }

  /** 16 hex digits. */
  digest(): string {
    return hex(this.a) + hex(this.b);
  }
}

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, "0");
