import { type Micros, microsPerSecond, type ServerId, type Term } from "../../base/units.ts";
import { endName } from "../../scenario/names.ts";
import type { Exporter, Range } from "./exporter.ts";
import { Film, type Flight, flightsMost, type LogEnd } from "./film.ts";
import { isReply } from "./labels.ts";
import { cutAt, seconds } from "./lines.ts";
import type { Life } from "./lives.ts";
import { walk } from "./walk.ts";

/**
 * The stage over a stretch as a picture that moves by its style sheet alone, and begins again at its end: what servers
 * are is shown and hidden at its times, messages go along their lanes. Its style sheet says on its first line how long
 * it takes (`--loop`), where it begins (`--at`, negative) and whether it moves (`--run`): with these three it can be held
 * at any moment.
 */
export const svgAnimated: Exporter = {
  name: "svg-animated",
  title: "Picture that moves",
  purpose: "The stage over the stretch, again and again, for a web page or a slide: it needs no script and no player.",
  group: "pictures",
  ending: ".animated.svg",
  type: "image/svg+xml",
  *write(run, range) {
    const film = new Film(range.from);
    const { to, whole } = yield* walk(run, range, {
      begin: (world) => film.begin(world),
      fact: (fact) => film.hear(fact),
      after: (world) => film.look(world),
      full: () => film.full,
    });
    const lives = film.finish(to);
    const left = run.setup.groups > 1 ? "Group 1 alone is shown." : "";
    const long = whole ? "" : cutAt(to, `A picture with more than ${flightsMost} messages is too heavy`);
    const cut = [long, left].filter((each) => each !== "").join(" ");
    const servers = run.setup.servers.map(({ id }) => id);
    return {
      text: new Drawing({ from: range.from, to: Math.max(to, range.from + 1) }, servers).text(film, lives),
      cut,
    };
  },
};

/** The page's light colours. */
const ink = { paper: "#fcfbf8", ink: "#14181f", muted: "#565e6b", line: "#c9c6bd", bad: "#b3261e", on: "#ffffff" };
const terms = ["#6b7280", "#2b04be", "#681600", "#1b6047", "#613659", "#8c7122", "#8f4ee7"];
const colourOf = (term: Term): number => (term === 0 ? 0 : ((term - 1) % 6) + 1);
const size = { width: 800, height: 572, x: 400, y: 290, across: 240, down: 150, server: 28 };
const axis = { from: 60, to: 740, y: 532 };
/** Cosine and sine of a turn's part, 1 to 9 of them: the engines' own differ in the last digit. */
const turns = [
  [1, 0],
  [-1, 0],
  [-0.5, 0.8660254],
  [0, 1],
  [0.309017, 0.9510565],
  [0.5, 0.8660254],
  [0.6234898, 0.7818315],
  [Math.SQRT1_2, Math.SQRT1_2],
  [0.7660444, 0.6427876],
] as const;

/** So much slower than the run, but within these lengths in seconds; the end stands still for a second. */
const slowness = 10;
const [shortest, longest, rest] = [3, 60, 1];

interface Point {
  readonly x: number;
  readonly y: number;
}

class Drawing {
  private readonly places = new Map<ServerId, Point>();
  private readonly loop: number;
  private readonly rules = new Map<string, string>();
  private readonly body: string[] = [];

  constructor(
    private readonly range: Range,
    private readonly servers: readonly ServerId[],
  ) {
    const length = ((range.to - range.from) / microsPerSecond) * slowness;
    this.loop = Math.min(longest, Math.max(shortest, length)) + rest;
    const [cos, sin] = turns[servers.length - 1]!;
    let [x, y] = [0, -1];
    for (const id of servers) {
      this.places.set(id, { x: size.x + x * size.across, y: size.y + y * size.down });
      [x, y] = [x * cos - y * sin, x * sin + y * cos];
    }
    this.places.set(0, { x: 70, y: 440 });
  }

  text(film: Film, lives: readonly Life[]): string {
    this.links(film);
    if (film.flights.some(({ from, to }) => from === 0 || to === 0)) this.client();
    for (const flight of film.flights) this.flight(flight);
    for (const id of this.servers) this.name(id);
    for (const life of lives) this.spell(life.from, life.to, this.server(life));
    for (const { what, from, to } of film.logs) this.spell(from, to, this.log(what));
    for (const { what, from, to } of film.captions)
      this.spell(from, to, words(what, { x: size.x, y: 24 }, 'font-size="15" font-weight="500"'));
    this.axis();
    const { from, to } = this.range;
    const { width, height } = size;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif" font-size="13" text-anchor="middle" fill="${ink.ink}">`,
      `<title>${this.servers.length} servers, ${seconds(from)} to ${seconds(to)}</title>`,
      `<style>:root{--loop:${short(this.loop)}s;--at:0s;--run:running}`,
      ".v,.m{animation-duration:var(--loop);animation-delay:var(--at);animation-play-state:var(--run);animation-iteration-count:infinite}",
      ".v{animation-timing-function:step-end}.m{animation-timing-function:linear}",
      "@media (prefers-reduced-motion:reduce){.v,.m{animation-play-state:paused}}",
      ...[...this.rules].map(([rule, name]) => `@keyframes ${name}{${rule}}`),
      "</style>",
      `<defs>${terms.map(hatch).join("")}</defs>`,
      `<rect width="${width}" height="${height}" fill="${ink.paper}"/>`,
      ...this.body,
      "</svg>",
      "",
    ].join("\n");
  }

  // ---- time ----

  /** In per cent of the loop. */
  private when(at: Micros): number {
    const { from, to } = this.range;
    const share = (at - from) / (to - from);
    return Math.round(share * (1 - rest / this.loop) * 100_000) / 1000;
  }

  private rule(text: string): string {
    const known = this.rules.get(text);
    if (known !== undefined) return known;
    const name = `k${this.rules.size}`;
    this.rules.set(text, name);
    return name;
  }

  /** There from one moment to another; what lasts to the end stands through the rest. */
  private spell(from: Micros, to: Micros, drawn: string): void {
    const [a, b] = [this.when(from), to >= this.range.to ? 100 : this.when(to)];
    if (b <= a) return;
    if (a <= 0 && b >= 100) return void this.body.push(drawn);
    const on = (is: boolean): string => (is ? "{visibility:visible}" : "{visibility:hidden}");
    const steps = [`0%${on(a <= 0)}`];
    if (a > 0) steps.push(`${a}%${on(true)}`);
    if (b < 100) steps.push(`${b}%${on(false)}`);
    steps.push(`100%${on(b >= 100)}`);
    const first = a > 0 ? ' visibility="hidden"' : "";
    this.body.push(`<g class="v" style="animation-name:${this.rule(steps.join(""))}"${first}>${drawn}</g>`);
  }

  private moving(from: Micros, to: Micros, a: Point, b: Point, drawn: string): string {
    const [first, last] = [this.when(from), this.when(to)];
    const there = ({ x, y }: Point): string => `{transform:translate(${short(x)}px,${short(y)}px)}`;
    const steps = `0%,${first}%${there(a)}${last}%,100%${there(b)}`;
    return `<g class="m" style="animation-name:${this.rule(steps)}">${drawn}</g>`;
  }

  // ---- what is drawn ----

  private place(end: ServerId): Point {
    return this.places.get(end)!;
  }

  private links({ cuts }: Film): void {
    const lines: string[] = [];
    const path = (a: ServerId, b: ServerId): string => {
      const [p, q] = [this.place(a), this.place(b)];
      return `M${short(p.x)} ${short(p.y)}L${short(q.x)} ${short(q.y)}`;
    };
    for (const a of this.servers) for (const b of this.servers) if (a < b) lines.push(path(a, b));
    this.body.push(`<path d="${lines.join("")}" fill="none" stroke="${ink.line}" stroke-opacity="0.6"/>`);
    for (const { what, from, to } of cuts)
      this.spell(
        from,
        to,
        `<path d="${path(...what)}" stroke="${ink.paper}" stroke-width="3"/><path d="${path(...what)}" stroke="${ink.bad}" stroke-width="1.6" stroke-dasharray="2 7"/>`,
      );
  }

  private client(): void {
    const { x, y } = this.place(0);
    this.body.push(
      `<rect x="${x - 34}" y="${y - 18}" width="68" height="36" rx="8" fill="${ink.paper}" stroke="${ink.ink}" stroke-width="1.6"/>${words("client", { x, y: y + 4.5 }, 'font-weight="600"')}`,
    );
  }

  private flight(flight: Flight): void {
    const { from, to, at, until, begins, ends, lost } = flight;
    const [a, b] = this.lane(from, to);
    const [first, last] = [between(a, b, begins), between(a, b, ends)];
    this.spell(at, until, this.moving(at, until, first, last, pill(flight)));
    if (!lost) return;
    const { x, y } = last;
    const seen = until + (this.range.to - this.range.from) / (this.loop * 2);
    const cross = `<path d="M${short(x - 6)} ${short(y - 6)}l12 12m0-12l-12 12" stroke="${ink.bad}" stroke-width="2.4" fill="none"/>`;
    this.spell(until, Math.round(seen), cross);
  }

  /** From edge to edge, and a little to the right of the line, so that what comes back has a lane of its own. */
  private lane(from: ServerId, to: ServerId): readonly [Point, Point] {
    const [a, b] = [this.place(from), this.place(to)];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    // A square root has the same bits everywhere.
    const length = Math.max(1, Math.sqrt(dx * dx + dy * dy));
    const aside = { x: (-dy / length) * 9, y: (dx / length) * 9 };
    const edge = (size.server + 10) / length;
    const put = (share: number): Point => ({ x: a.x + dx * share + aside.x, y: a.y + dy * share + aside.y });
    return [put(edge), put(1 - edge)];
  }

  private labelAt(id: ServerId): number {
    const { y } = this.place(id);
    return y <= size.y ? y - 74 : y + 48;
  }

  private name(id: ServerId): void {
    this.body.push(
      words(endName(id), { x: this.place(id).x, y: this.labelAt(id) }, 'font-size="15" font-weight="600"'),
    );
  }

  private server({ server, term, role, status }: Life): string {
    const { x, y } = this.place(server);
    const circle = (r: number, more: string): string => `<circle cx="${short(x)}" cy="${short(y)}" r="${r}" ${more}/>`;
    const said = status === "up" ? (role === "leader" ? `leader of term ${term}` : roleWords[role]) : status;
    const label = words(said, { x, y: this.labelAt(server) + 17 }, `fill="${ink.muted}"`);
    const ground = circle(size.server + 6, `fill="${ink.paper}"`);
    if (status === "down")
      return `${ground}${circle(size.server, `fill="url(#h0)" stroke="${ink.muted}" stroke-width="1.6"`)}<path d="M${short(x - 11)} ${short(y - 11)}l22 22m0-22l-22 22" stroke="${ink.ink}" stroke-width="3" fill="none"/>${label}`;
    const leads = role === "leader" && status === "up";
    const ring = circle(
      size.server + 4,
      `fill="none" stroke="${leads ? ink.ink : ink.line}" stroke-width="${leads ? 4 : 1.6}"${role === "candidate" || role === "preCandidate" ? ` stroke-dasharray="6 4"` : ""}`,
    );
    const crown = `<path transform="translate(${short(x)} ${short(y - size.server - 7)})" d="M-11 0-13-12-5.5-6.5 0-15 5.5-6.5 13-12 11 0Z"/>`;
    const disc = circle(size.server - 2, `fill="${terms[colourOf(term)]}"`);
    const bars = `<path d="M${short(x - 6)} ${short(y - 24)}v9m12-9v9" stroke="${ink.on}" stroke-width="4"/>`;
    const figure = words(String(term), { x, y: y + 6 }, `fill="${ink.on}" font-size="18" font-weight="600"`);
    return `${ground}${ring}${disc}${status === "paused" ? bars : ""}${figure}${leads ? crown : ""}${label}`;
  }

  /** Filled: its server knows that it is committed; hatched: it does not. */
  private log({ server, before, entries }: LogEnd): string {
    const { x } = this.place(server);
    const y = this.labelAt(server) + (this.labelAt(server) < this.place(server).y ? -32 : 28);
    const left = x - entries.length * 7 + 1.5;
    const cells = entries.map(({ term, committed }, i) => {
      const colour = colourOf(term);
      return `<rect x="${short(left + i * 14)}" y="${short(y)}" width="11" height="11" rx="2" fill="${committed ? terms[colour] : `url(#h${colour})`}" stroke="${terms[colour]}" stroke-width="1.4"/>`;
    });
    const more =
      before === 0
        ? ""
        : words(`+${before}`, { x: left - 6, y: y + 10 }, `text-anchor="end" font-size="11" fill="${ink.muted}"`);
    return `${more}${cells.join("")}`;
  }

  private axis(): void {
    const { from, to } = this.range;
    const { y } = axis;
    this.body.push(
      `<path d="M${axis.from} ${y}H${axis.to}" stroke="${ink.line}" stroke-width="4" stroke-linecap="round"/>`,
      this.moving(from, to, { x: axis.from, y }, { x: axis.to, y }, `<circle r="7" fill="${ink.ink}"/>`),
      words(seconds(from), { x: axis.from, y: y + 26 }, `fill="${ink.muted}" font-size="12"`),
      words(seconds(to), { x: axis.to, y: y + 26 }, `fill="${ink.muted}" font-size="12"`),
    );
  }
}

const roleWords = {
  follower: "follower",
  preCandidate: "asks for pre-votes",
  candidate: "candidate",
  leader: "leader",
};

/** A full pill asks or tells, an empty one answers. */
function pill({ payload }: Flight): string {
  const { text, wide } = face(payload);
  const term = terms["term" in payload ? colourOf(payload.term) : 0]!;
  const half = wide ? 17 : 12;
  const [fill, on] = isReply(payload) ? [ink.paper, term] : [term, ink.on];
  return `<rect x="${-half}" y="-10" width="${2 * half}" height="20" rx="10" fill="${fill}" stroke="${isReply(payload) ? term : ink.paper}" stroke-width="1.5"/>${words(text, { x: 0, y: 4.5 }, `fill="${on}" font-size="12" font-weight="600"`)}`;
}

function face(message: Flight["payload"]): { readonly text: string; readonly wide: boolean } {
  switch (message.type) {
    case "RequestVote":
    case "PreVote":
      return { text: message.type === "PreVote" ? "V?" : "V", wide: message.type === "PreVote" };
    case "RequestVoteReply":
    case "PreVoteReply":
      return { text: message.granted ? "yes" : "no", wide: true };
    case "AppendEntries":
      return message.entries.length === 0
        ? { text: "A", wide: false }
        : { text: `A${message.entries.length}`, wide: true };
    case "AppendEntriesReply":
      return { text: message.success ? "ok" : "no", wide: true };
    case "InstallSnapshot":
      return { text: "S", wide: false };
    case "TimeoutNow":
      return { text: "T", wide: false };
    case "ClientReply":
      return message.outcome.kind === "done" ? { text: "ok", wide: true } : { text: "no", wide: true };
    default:
      return { text: message.type[0]!, wide: false };
  }
}

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});
const short = (value: number): string => String(Math.round(value * 10) / 10);
const hatch = (colour: string, term: number): string =>
  `<pattern id="h${term}" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M-1 6 6-1M1.5 8.5 8.5 1.5M-3.5 3.5 3.5-3.5" stroke="${colour}" stroke-opacity="0.7"/></pattern>`;

/** No character in it that a reader of XML refuses. */
const words = (text: string, { x, y }: Point, more: string): string =>
  `<text x="${short(x)}" y="${short(y)}" ${more}>${text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uD800-\uDFFF]+/gu, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")}</text>`;
