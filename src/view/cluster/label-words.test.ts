import { expect, test } from "vitest";
import type { ServerView } from "../../worker/protocol/server.ts";
import { boxesOverlap } from "./boxes.ts";
import { writtenBoxes } from "./label-words.ts";
import { layoutStage } from "./layout.ts";

const server = (id: number, more: Partial<ServerView> = {}): ServerView =>
  ({
    ...{
      id,
      status: "up",
      role: "follower",
      doing: "follower",
      reads: [],
      term: 1,
      member: "voter",
      voters: [1, 2, 3, 4, 5],
      outgoing: [],
    },
    ...{
      learners: [],
      configuration: "1,2,3,4,5",
      votes: null,
      transferee: 0,
      base: 0,
      lastIndex: 2,
      tail: [1, 1].map((term) => ({ term, text: "" })),
    },
    ...more,
  }) as unknown as ServerView;
const servers = [1, 2, 3, 4, 5].map((id) => server(id));

// A phone, a laptop, a desktop.
const stages = [
  [390, 387],
  [921, 273],
  [1036, 472],
] as const;

test.each(stages)("at %i×%i what is written is in its label's place, and on no disc", (width, height) => {
  const layout = layoutStage(5, width, height);
  const boxes = writtenBoxes(servers, layout);
  boxes.forEach((box, i) => {
    const { label } = layout.servers[i]!;
    const grown = { x: label.x - 4, y: label.y - 1, width: label.width + 8, height: label.height + 2 };
    expect(box.x).toBeGreaterThanOrEqual(grown.x);
    expect(box.x + box.width).toBeLessThanOrEqual(grown.x + grown.width);
    expect(box.y + box.height).toBeLessThanOrEqual(grown.y + grown.height);
    for (const { x, y } of layout.servers) {
      const disc = { x: x - layout.radius, y: y - layout.radius, width: 2 * layout.radius, height: 2 * layout.radius };
      expect(boxesOverlap(box, disc)).toBe(false);
    }
  });
});

test("it takes what its words and its log need, and no more", () => {
  const layout = layoutStage(5, 1036, 472);
  const widthOf = (one: ServerView): number => writtenBoxes([one], layout)[0]!.width;
  const short = widthOf(server(1));
  const long = widthOf(server(1, { role: "leader", doing: "leader of term 1" }));
  const log = widthOf(server(1, { lastIndex: 12, tail: Array.from({ length: 12 }, () => ({ term: 1, text: "" })) }));
  expect(short).toBeLessThan(70);
  expect(long).toBeGreaterThan(short);
  expect(log).toBeGreaterThan(long);
});

test("a server of which the stage knows no place has nothing written", () => {
  expect(writtenBoxes([server(7)], layoutStage(5, 1036, 472))).toEqual([]);
});
