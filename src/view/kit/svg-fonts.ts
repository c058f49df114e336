import inter400 from "@fontsource/inter/files/inter-latin-400-normal.woff2";
import inter500 from "@fontsource/inter/files/inter-latin-500-normal.woff2";
import inter600 from "@fontsource/inter/files/inter-latin-600-normal.woff2";
import mono400 from "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2";
import mono500 from "@fontsource/jetbrains-mono/files/jetbrains-mono-latin-500-normal.woff2";

interface Font {
  readonly family: string;
  readonly weight: number;
  readonly url: string;
}
const fonts: readonly Font[] = [
  { family: "Inter", weight: 400, url: inter400 },
  { family: "Inter", weight: 500, url: inter500 },
  { family: "Inter", weight: 600, url: inter600 },
  { family: "JetBrains Mono", weight: 400, url: mono400 },
  { family: "JetBrains Mono", weight: 500, url: mono500 },
];

/** Of the page's fonts those that a picture's text is set in. A weight is part of it in whatever family it is asked for. */
export function fontsIn(svg: string): readonly Font[] {
  const weights = new Set([400]);
  for (const [, weight = ""] of svg.matchAll(/font(?:-weight)?\s*[:=]\s*["']?\s*(?:italic )?(\d00|bold)\b/g))
    weights.add(weight === "bold" ? 600 : Number(weight));
  return fonts.filter(({ family, weight }) => svg.includes(family) && weights.has(weight));
}

/** The picture with the fonts that it uses inside, so that it looks the same where nobody has them. What cannot be fetched is left out. */
export async function withFonts(svg: string): Promise<string> {
  const faces = await Promise.all(fontsIn(svg).map(faceOf));
  return withStyle(svg, faces.join(""));
}

/** Puts a style sheet first in the picture. */
const withStyle = (svg: string, style: string): string =>
  style === "" ? svg : svg.replace(/<svg\b[^>]*>/, (head) => `${head}<style>${style}</style>`);

async function faceOf({ family, weight, url }: Font): Promise<string> {
  try {
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const source = `data:font/woff2;base64,${base64(bytes)}`;
    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(${source}) format("woff2")}`;
  } catch {
    return "";
  }
}

/** In pieces: a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  const piece = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += piece) text += String.fromCharCode(...bytes.subarray(at, at + piece));
  return btoa(text);
}
