import { polygonContains } from "d3";
import { describe, expect, test } from "vitest";
import type { ServerId } from "../../base/units.ts";
import type { DirectedLink } from "../../world/state/messages.ts";
import { layoutStage } from "./layout.ts";
import type { ServerPlace } from "./places.ts";
import { partitionAreas, sidesOf } from "./wall.ts";

const sizes = [
  [1040, 520],
  [768, 472],
  [360, 400],
] as const;
const partitions: readonly (readonly ServerId[])[][] = [
  [
    [1, 2],
    [3, 4, 5],
  ],
  [[3], [1, 2, 4, 5]],
  [
    [2, 4],
    [1, 3, 5],
  ],
  [[1], [2, 5], [3, 4]],
];

/** Both directions of every link between servers of different groups. */
function cutsBetween(groups: readonly (readonly ServerId[])[]): DirectedLink[] {
  const group = (id: ServerId) => groups.findIndex((ids) => ids.includes(id));
  const ids = groups.flat();
  return ids.flatMap((a) => ids.filter((b) => group(a) !== group(b)).map((b): DirectedLink => [a, b]));
}

/** The rings of an area as polygons, from its path: the end points of its curves. */
function polygons(path: string): [number, number][][] {
  return path
    .split("M")
    .filter((ring) => ring !== "")
    .map((ring) =>
      [...ring.matchAll(/Q[-\d.]+ [-\d.]+ ([-\d.]+) ([-\d.]+)/g)].map((m) => [Number(m[1]), Number(m[2])]),
    );
}

/** Centre and four sides of the disc, and the corners of the label. */
function outline(server: ServerPlace, radius: number): [number, number][] {
  const { x, y, label } = server;
  const disc: [number, number][] = [
    [x, y],
    [x - radius, y],
    [x + radius, y],
    [x, y - radius],
    [x, y + radius],
  ];
  return [...disc, [label.x, label.y], [label.x + label.width, label.y + label.height]];
}

describe.each(sizes)("the wall of a partition at %i×%i", (width, height) => {
  const layout = layoutStage(5, width, height);
  const areasOf = (groups: readonly (readonly ServerId[])[], cuts: readonly DirectedLink[]) =>
    partitionAreas(layout, sidesOf({ groups, cuts, faults: [] }), cuts);

  test.each(partitions.map((groups) => [JSON.stringify(groups), groups] as const))("%s", (_, groups) => {
    const areas = areasOf(groups, cutsBetween(groups));
    expect(areas).toHaveLength(groups.length - 1);
    for (const area of areas) {
      const rings = polygons(area.path);
      for (const server of layout.servers) {
        const within = outline(server, layout.radius).map(
          (p) => rings.filter((ring) => polygonContains(ring, p)).length % 2 === 1,
        );
        expect(new Set(within)).toEqual(new Set([area.servers.includes(server.id)]));
      }
    }
  });

  test("there is none without a partition", () => {
    expect(areasOf([[1, 2, 3, 4, 5]], [])).toEqual([]);
  });

  test("it says that the cut is both ways only if it is", () => {
    const oneWay = areasOf(
      [[1], [2, 3, 4, 5]],
      [2, 3, 4, 5].map((id): DirectedLink => [1, id]),
    );
    expect(oneWay.map((area) => area.oneWay)).toEqual([true]);
    expect(["nobody hears S1", undefined]).toContain(oneWay[0]?.note?.words);
  });

  test("a server that is deaf is said to hear nobody", () => {
    const [deaf] = areasOf(
      [[1, 2, 3, 4], [5]],
      [1, 2, 3, 4].map((id): DirectedLink => [id, 5]),
    );
    expect(deaf).toMatchObject({ servers: [5], oneWay: true });
    expect(["S5 hears nobody", undefined]).toContain(deaf?.note?.words);
  });

  test("stands still while its links flap, and says so", () => {
    const links = cutsBetween([[1], [2, 3, 4, 5]]);
    const faults = [{ name: "flap", targets: links.map((link) => ({ on: "link", link }) as const) }] as const;
    const turn = (groups: readonly (readonly ServerId[])[], cuts: readonly DirectedLink[]) =>
      partitionAreas(layout, sidesOf({ groups, cuts, faults }), cuts);
    const [down] = turn([[1], [2, 3, 4, 5]], links);
    const [up] = turn([[1, 2, 3, 4, 5]], []);
    expect(down).toMatchObject({ servers: [1], flapping: true, open: false });
    expect(up).toEqual({ ...down, open: true });
  });
});
