import { type Colour, type Shape, turned } from "./shapes.ts";

/** Looks up what a colour is in the theme that is shown. */
export type Palette = (colour: Colour) => string;

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const known = new Map<Colour, string>();
  return (colour) => {
    const found = known.get(colour);
    if (found !== undefined) return found;
    const value = style.getPropertyValue(`--${colour}`).trim();
    known.set(colour, value);
    return value;
  };
}

const drawn = new Map<string, Path2D>();
function pathOf(d: string): Path2D {
  const found = drawn.get(d) ?? new Path2D(d);
  drawn.set(d, found);
  return found;
}

type Pen = CanvasRenderingContext2D;

/** Draws the shapes; pixels of the page, `ratio` of the device's to one of them. `down`: along and across are changed, and text stays upright. */
export function paint(pen: Pen, shapes: readonly Shape[], ratio: number, palette: Palette, down: boolean): void {
  const { width, height } = pen.canvas;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, height);
  const upright = (): void => pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const lying = (): void => pen.setTransform(0, ratio, ratio, 0, 0, 0);
  if (down) lying();
  else upright();
  pen.lineJoin = "round";
  for (const shape of shapes) {
    pen.globalAlpha = shape.alpha ?? 1;
    if (down && (shape.kind === "text" || shape.kind === "path")) {
      upright();
      drawOne(pen, turned(shape), palette);
      lying();
    } else drawOne(pen, shape, palette);
  }
  pen.globalAlpha = 1;
}

function drawOne(pen: Pen, shape: Shape, palette: Palette): void {
  switch (shape.kind) {
    case "box":
      return box(pen, shape, palette);
    case "lines":
      return lines(pen, shape, palette);
    case "heads":
      return heads(pen, shape, palette);
    case "path":
      return path(pen, shape, palette);
    case "text":
      return text(pen, shape, palette);
  }
}
type Of<Kind extends Shape["kind"]> = Extract<Shape, { readonly kind: Kind }>;

function box(
  pen: Pen,
  { x, y, width, height, radius, fill, stroke, dash, hatched }: Of<"box">,
  palette: Palette,
): void {
  pen.beginPath();
  pen.roundRect(x, y, width, height, Math.min(radius, width / 2));
  if (fill !== undefined) {
    pen.fillStyle = palette(fill);
    pen.fill();
  }
  if (hatched) {
    pen.save();
    pen.clip();
    pen.beginPath();
    for (let at = x - height; at < x + width; at += 6) {
      pen.moveTo(at, y + height);
      pen.lineTo(at + height, y);
    }
    pen.lineWidth = 1;
    pen.setLineDash([]);
    pen.strokeStyle = palette("faint");
    pen.stroke();
    pen.restore();
    pen.beginPath();
    pen.roundRect(x, y, width, height, Math.min(radius, width / 2));
  }
  if (stroke === undefined) return;
  pen.lineWidth = 1.4;
  pen.setLineDash(dash === undefined ? [] : [...dash]);
  pen.strokeStyle = palette(stroke);
  pen.stroke();
}

function lines(pen: Pen, { ends, stroke, width, dash }: Of<"lines">, palette: Palette): void {
  pen.beginPath();
  for (let i = 0; i < ends.length; i += 4) {
    pen.moveTo(ends[i]!, ends[i + 1]!);
    pen.lineTo(ends[i + 2]!, ends[i + 3]!);
  }
  pen.lineWidth = width;
  pen.setLineDash(dash === undefined ? [] : [...dash]);
  pen.strokeStyle = palette(stroke);
  pen.stroke();
}

function heads(pen: Pen, { places, fill, size }: Of<"heads">, palette: Palette): void {
  pen.beginPath();
  for (let i = 0; i < places.length; i += 3) {
    const corners = headCorners(places[i]!, places[i + 1]!, places[i + 2]!, size);
    pen.moveTo(corners[0], corners[1]);
    pen.lineTo(corners[2], corners[3]);
    pen.lineTo(corners[4], corners[5]);
  }
  pen.fillStyle = palette(fill);
  pen.fill();
}

/** Of an arrow's head that points to x, y. */
export function headCorners(
  x: number,
  y: number,
  angle: number,
  size: number,
): readonly [number, number, number, number, number, number] {
  const spread = 0.42;
  const [a, b] = [angle + Math.PI - spread, angle + Math.PI + spread];
  return [x, y, x + Math.cos(a) * size, y + Math.sin(a) * size, x + Math.cos(b) * size, y + Math.sin(b) * size];
}

function path(pen: Pen, { d, x, y, scale, fill, stroke, width = 1 }: Of<"path">, palette: Palette): void {
  pen.save();
  pen.translate(x, y);
  pen.scale(scale, scale);
  const shape = pathOf(d);
  if (fill !== undefined) {
    pen.fillStyle = palette(fill);
    pen.fill(shape);
  }
  if (stroke !== undefined) {
    pen.lineWidth = width / scale;
    pen.lineCap = "round";
    pen.setLineDash([]);
    pen.strokeStyle = palette(stroke);
    pen.stroke(shape);
  }
  pen.restore();
}

const fonts = { mono: '"JetBrains Mono", ui-monospace, monospace', words: '"Inter", system-ui, sans-serif' } as const;
export const fontOf = ({ size, bold, mono }: Pick<Of<"text">, "size" | "bold" | "mono">): string =>
  `${bold ? 600 : 400} ${size}px ${mono ? fonts.mono : fonts.words}`;

function text(pen: Pen, shape: Of<"text">, palette: Palette): void {
  const { x, y, anchor, fill, rim } = shape;
  pen.font = fontOf(shape);
  pen.textAlign = anchor === "middle" ? "center" : anchor === "end" ? "right" : "left";
  if (rim) {
    pen.lineWidth = 3;
    pen.setLineDash([]);
    pen.strokeStyle = palette("panel");
    pen.strokeText(shape.text, x, y);
  }
  pen.fillStyle = palette(fill);
  pen.fillText(shape.text, x, y);
}
