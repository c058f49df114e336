/** What style sheets say of elements, and SVG has attributes for. */
const properties = [
  ..."fill fill-opacity stroke stroke-width stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity opacity".split(
    " ",
  ),
  ..."font-family font-size font-weight text-anchor dominant-baseline paint-order visibility".split(" "),
];

export interface Drawn {
  readonly width: number;
  readonly height: number;
  /** What is inside of the picture. */
  readonly markup: string;
}

/** A picture that is on the page, as one that needs no style sheet. */
export function drawn(seen: SVGSVGElement): Drawn {
  const { width, height } = seen.getBoundingClientRect();
  const copy = seen.cloneNode(true) as SVGSVGElement;
  const copies = [...copy.querySelectorAll("*")];
  for (const [at, element] of seen.querySelectorAll("*").entries()) {
    const style = getComputedStyle(element);
    const own = copies[at]!;
    if (style.display === "none") {
      own.remove();
      continue;
    }
    for (const property of properties) {
      const value = style.getPropertyValue(property);
      if (value !== "") own.setAttribute(property, value);
    }
    for (const name of own.getAttributeNames())
      if (/^(class|style|role|tabindex|aria-|data-)/.test(name)) own.removeAttribute(name);
  }
  return { width, height, markup: new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/g, "") };
}

/** A picture of its own on the page's ground. */
export function standalone({ width, height, markup }: Drawn): string {
  const ground = `<rect width="${width}" height="${height}" fill="${colour("--paper")}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${ground}${markup}</svg>`;
}

export const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();
