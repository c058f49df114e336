/** How the page stands in a frame of another page: what its address asks for after "?". README: "In a slide or a page". */

export const embedParts = ["stage", "logs", "diagram", "story", "controls"] as const;
export type EmbedPart = (typeof embedParts)[number];
export const embedThemes = ["light", "dark", "host"] as const;
/** `host`: as the other page says, until then as the system has it. */
export type EmbedTheme = (typeof embedThemes)[number];

export interface Embed {
  /** In the order in which they stand. */
  readonly parts: readonly EmbedPart[];
  readonly theme: EmbedTheme;
  /** Virtual microseconds: where it begins, and where playing ends; null: where the run does. */
  readonly from: number | null;
  readonly to: number | null;
  /** At `to` it goes on at `from`. */
  readonly loop: boolean;
  /** The only page that is listened and spoken to, as an origin; null: whichever holds the frame. */
  readonly host: string | null;
}

export const usualParts: readonly EmbedPart[] = ["stage", "story", "controls"];

/** Null: the page stands for itself. What is not understood is as if it were not there. */
export function readEmbed(search: string): Embed | null {
  const said = new URLSearchParams(search);
  if (!said.has("embed")) return null;
  const named = new Set(said.get("embed")?.split(","));
  const parts = embedParts.filter((part) => named.has(part));
  const [from, to] = [readTime(said.get("from")), readTime(said.get("to"))];
  const end = to !== null && to > (from ?? 0) ? to : null;
  const theme = said.get("theme");
  return {
    parts: parts.length === 0 ? usualParts : parts,
    theme: embedThemes.find((each) => each === theme) ?? "host",
    from,
    to: end,
    loop: end !== null && said.has("loop") && said.get("loop") !== "0",
    host: originOf(said.get("host")),
  };
}

/** Seconds of virtual time, as addresses have them. */
function readTime(text: string | null): number | null {
  return text !== null && /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Math.round(Number(text) * 1_000_000) : null;
}

function originOf(text: string | null): string | null {
  try {
    return text === null ? null : new URL(text).origin;
  } catch {
    return null;
  }
}

/** The address of a page that is to stand in a frame: `url` with what is chosen. */
export function embedUrl(url: string, { parts, theme }: Pick<Embed, "parts" | "theme">): string {
  const [before = "", fragment] = url.split("#", 2);
  const chosen = theme === "host" ? "" : `&theme=${theme}`;
  return `${before}?embed=${parts.join(",")}${chosen}${fragment === undefined ? "" : `#${fragment}`}`;
}

/** How this page stands. */
export const embed: Embed | null = typeof location === "undefined" ? null : readEmbed(location.search);

/** Where the page stands, for links that others open: what this frame asks for is not theirs. */
export const pageUrl = (): string => location.href.split(/[?#]/)[0] ?? "";
