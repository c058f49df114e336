import { encode } from "uqr";

/** Modules around the code that stay white (ISO 18004 asks for four). */
const margin = 4;

export interface QrPicture {
  /** Modules along one side, the margin included. */
  readonly size: number;
  /** 1 … 40. Up to 11 it is read from the last row of a room. */
  readonly version: number;
  /** The dark modules, one unit each, as the path of an SVG. */
  readonly path: string;
}

/** The text as a QR code with the least error correction, for a screen is never scratched; null: it is too long for one. */
export function qrPicture(text: string): QrPicture | null {
  if (new TextEncoder().encode(text).length > longest) return null;
  const { data, size, version } = encode(text, { border: margin, ecc: "L" });
  return { size, version, path: data.flatMap(rowPaths).join("") };
}

/** Bytes in version 40 at level L. */
const longest = 2953;

/** Neighbours in a row are one rectangle: what a projector draws has no seams. */
function rowPaths(row: readonly boolean[], y: number): string[] {
  const paths: string[] = [];
  for (let x = 0; x < row.length; x++) {
    if (!row[x]) continue;
    const from = x;
    while (row[x]) x++;
    paths.push(`M${from} ${y}h${x - from}v1h${from - x}z`);
  }
  return paths;
}
