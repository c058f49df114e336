import { beforeAll, expect, test, vi } from "vitest";
import { createPainter } from "./painter.ts";
import { flightNumbers, type Picture, type Sprite, type Time, timeAt } from "./picture.ts";

beforeAll(() => {
  vi.stubGlobal(
    "Path2D",
    class {
      moveTo(): void {}
      quadraticCurveTo(): void {}
    },
  );
});

/** A painter whose strokes are noted, and whose frames and clock the test has in hand. */
function studio() {
  const drawn: { readonly x: number; readonly y: number }[] = [];
  /** What was cleared after something had been drawn. */
  const cleared: (readonly number[])[] = [];
  const context = {
    canvas: { width: 0, height: 0 },
    setTransform: () => {},
    clearRect: (...box: number[]) => {
      if (box[2] !== context.canvas.width) cleared.push([drawn.length, ...box]);
      else drawn.splice(0);
    },
    beginPath: () => {},
    arc: () => {},
    stroke: () => {},
    fill: () => {},
    drawImage: (_: unknown, x: number, y: number) => drawn.push({ x, y }),
  };
  let frame: (() => void) | null = null;
  let wall = 0;
  let painted = 0;
  const take = createPainter({
    nextFrame: (draw) => {
      frame = draw;
    },
    wall: () => wall,
    onPainted: () => {
      painted += 1;
    },
  });
  const canvas = { getContext: () => context } as unknown as OffscreenCanvas;
  const next = (at: number) => {
    wall = at;
    const draw = frame;
    frame = null;
    draw?.();
  };
  return { take, canvas, next, drawn, cleared, asked: () => frame !== null, painted: () => painted };
}

const colours = { paper: "", ink: "", muted: "", line: "" };
const look = { width: 100, height: 50, ratio: 2, still: false, colours };
const sprite = { key: 1, image: {} as ImageBitmap, left: 4, top: 4 } satisfies Sprite;
const lane = { key: 12, curve: { from: { x: 0, y: 0 }, control: { x: 50, y: 0 }, to: { x: 100, y: 0 } } };
const flight = (sentAt: number, arrivesAt: number, part = [0, 1]): Picture => {
  const flights = new Float64Array(flightNumbers);
  flights.set([1, 12, sentAt, arrivesAt, -1, 1, ...part]);
  return { flights, rings: [], written: [] };
};
const time = (given: Partial<Time>): Time => ({ at: 0, wall: 0, speed: 1, limit: 1e9, beyond: 0, ...given });

test("what is on its way is where the time has it, in pixels of the screen", () => {
  const { take, canvas, next, drawn } = studio();
  take({ canvas, look, sprites: [sprite], lanes: [lane], picture: flight(0, 100_000), time: time({}) });
  next(50);
  expect(drawn).toEqual([{ x: 96, y: -4 }]);
  next(100);
  expect(drawn).toEqual([{ x: 196, y: -4 }]);
});

test("it flies on its part of the lane only", () => {
  const { take, canvas, next, drawn } = studio();
  const picture = flight(0, 100_000, [0.2, 0.8]);
  take({ canvas, look, sprites: [sprite], lanes: [lane], picture, time: time({}) });
  next(0);
  expect(drawn[0]?.x).toBeCloseTo(2 * 20 - 4);
  next(100);
  expect(drawn[0]?.x).toBeCloseTo(2 * 80 - 4);
});

test("nothing that moves is seen where something is written", () => {
  const { take, canvas, next, cleared } = studio();
  const picture = { ...flight(0, 100_000), written: [{ x: 30, y: 5, width: 20, height: 10 }] };
  take({ canvas, look, sprites: [sprite], lanes: [lane], picture, time: time({}) });
  next(50);
  expect(cleared).toEqual([[1, 30, 5, 20, 10]]);
});

test("it rests where time stands, and where it waits for the next frame of the run", () => {
  const { take, canvas, next, asked } = studio();
  take({ canvas, look, picture: flight(0, 1000), time: time({ speed: 0 }) });
  next(10);
  expect(asked()).toBe(false);
  take({ time: time({ limit: 20_000 }) });
  next(10);
  expect(asked()).toBe(true);
  next(25);
  expect(asked()).toBe(false);
});

test("what moves goes on for a little until the next picture is there, and does not go back for it", () => {
  const { take, canvas, next, drawn, asked } = studio();
  const told = { beyond: 30_000, limit: 20_000 };
  take({ canvas, look, sprites: [sprite], lanes: [lane], picture: flight(0, 100_000), time: time(told) });
  next(50);
  expect(drawn[0]?.x).toBeCloseTo(2 * 50 - 4);
  expect(asked()).toBe(false);
  take({ time: time({ ...told, at: 45_000, wall: 50, limit: 60_000 }) });
  next(50);
  expect(drawn[0]?.x).toBeCloseTo(2 * 50 - 4);
  take({ time: time({ ...told, at: 45_000, speed: 0 }) });
  next(50);
  expect(drawn[0]?.x).toBeLessThan(2 * 46 - 4);
});

test("where the run is taken back, what moves goes back", () => {
  const { take, canvas, next, drawn } = studio();
  take({ canvas, look, sprites: [sprite], lanes: [lane], picture: flight(0, 100_000), time: time({ beyond: 30_000 }) });
  next(80);
  take({ time: time({ at: 20_000, wall: 80, beyond: 30_000 }) });
  next(80);
  expect(drawn[0]?.x).toBeLessThan(2 * 30 - 4);
});

test("it says once that a first picture is there, and again for another canvas", () => {
  const { take, canvas, next, painted } = studio();
  take({ canvas, look, time: time({}) });
  next(1);
  expect(painted()).toBe(0);
  take({ picture: flight(0, 1000) });
  next(2);
  next(3);
  expect(painted()).toBe(1);
  take({ canvas });
  next(4);
  expect(painted()).toBe(2);
});

test("another look forgets the sprites of the one before", () => {
  const { take, canvas, next, drawn } = studio();
  take({ canvas, look, sprites: [sprite], lanes: [lane], picture: flight(0, 1000), time: time({}) });
  take({ look: { ...look, ratio: 1 } });
  next(1);
  expect(drawn).toEqual([]);
});

test("no time is shown beyond the one until which the picture is true, nor before it began", () => {
  expect(timeAt(time({ at: 5, wall: 10, speed: 0.5, limit: 2000 }), 12)).toBe(1005);
  expect(timeAt(time({ at: 5, wall: 10, limit: 2000 }), 9999)).toBe(2000);
  expect(timeAt(time({ at: 5, wall: 10, limit: 2000 }), 3)).toBe(5);
  expect(timeAt(time({ at: 5, wall: 10, limit: 2000, beyond: 500 }), 9999)).toBe(2500);
});
