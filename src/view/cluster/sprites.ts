import type { Sprite } from "../../paint/picture.ts";

/** Room around the middle of a mark, in pixels of the page. */
export interface Room {
  readonly aside: number;
  readonly above: number;
  readonly below: number;
}

/** Draws SVG that stands in the page, with the styles that it has there, as one picture. */
export function spriteOf(mould: SVGElement, { aside, above, below }: Room, ratio: number): Omit<Sprite, "key"> {
  const [left, top] = [Math.ceil(aside * ratio), Math.ceil(above * ratio)];
  const canvas = new OffscreenCanvas(2 * left, top + Math.ceil(below * ratio));
  const context = canvas.getContext("2d");
  if (context !== null) {
    context.setTransform(ratio, 0, 0, ratio, left, top);
    drawAll(context, mould);
  }
  return { image: canvas.transferToImageBitmap(), left, top };
}

/** Shapes, text and groups with transforms: what marks are made of. */
function draw(context: OffscreenCanvasRenderingContext2D, element: SVGGraphicsElement): void {
  context.save();
  const turned = element.transform.baseVal.consolidate()?.matrix;
  if (turned !== undefined) context.transform(turned.a, turned.b, turned.c, turned.d, turned.e, turned.f);
  if (element instanceof SVGGElement) drawAll(context, element);
  else if (element instanceof SVGTextElement) drawText(context, element);
  else drawShape(context, element);
  context.restore();
}

function drawAll(context: OffscreenCanvasRenderingContext2D, group: SVGElement): void {
  for (const child of group.children) if (child instanceof SVGGraphicsElement) draw(context, child);
}

function drawShape(context: OffscreenCanvasRenderingContext2D, element: SVGElement): void {
  const { fill, stroke, strokeWidth, strokeDasharray, strokeLinecap, strokeLinejoin } = getComputedStyle(element);
  const shape = shapeOf(element);
  if (fill !== "none") {
    context.fillStyle = fill;
    context.fill(shape);
  }
  if (stroke === "none") return;
  context.strokeStyle = stroke;
  context.lineWidth = Number.parseFloat(strokeWidth);
  context.lineCap = strokeLinecap as CanvasLineCap;
  context.lineJoin = strokeLinejoin as CanvasLineJoin;
  context.setLineDash(strokeDasharray === "none" ? [] : strokeDasharray.split(/[ ,]+/).map(Number.parseFloat));
  context.stroke(shape);
}

function shapeOf(element: SVGElement): Path2D {
  const size = (name: string): number => Number(element.getAttribute(name) ?? 0);
  if (element.tagName === "path") return new Path2D(element.getAttribute("d") ?? "");
  const shape = new Path2D();
  if (element.tagName === "circle") shape.arc(size("cx"), size("cy"), size("r"), 0, 2 * Math.PI);
  else shape.roundRect(size("x"), size("y"), size("width"), size("height"), size("rx"));
  return shape;
}

const alignments = { start: "left", middle: "center", end: "right" } as const;

function drawText(context: OffscreenCanvasRenderingContext2D, element: SVGTextElement): void {
  const style = getComputedStyle(element);
  const [x, y] = [Number(element.getAttribute("x") ?? 0), Number(element.getAttribute("y") ?? 0)];
  const words = element.textContent ?? "";
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textAlign = alignments[style.textAnchor as keyof typeof alignments] ?? "left";
  if (style.stroke !== "none") {
    context.strokeStyle = style.stroke;
    context.lineWidth = Number.parseFloat(style.strokeWidth);
    context.lineJoin = style.strokeLinejoin as CanvasLineJoin;
    context.strokeText(words, x, y);
  }
  context.fillStyle = style.fill;
  context.fillText(words, x, y);
}
