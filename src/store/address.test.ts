import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Source } from "../worker/protocol/requests.ts";
import { createAddress } from "./address.ts";
import type { LabState } from "./lab.ts";
import { emptyLab } from "./session/session.ts";

/** A page whose run says its own address, in a tab whose history is a list. */
function setUp(fragment = "") {
  const entries = [fragment];
  let current = 0;
  let state: LabState = emptyLab;
  const listeners: (() => void)[] = [];
  const opened: Source[] = [];
  const written: string[] = [];
  const bar = {
    read: () => entries[current]!,
    replace(text: string) {
      entries[current] = text;
      written.push(text);
    },
    push(text: string) {
      entries.splice(++current, entries.length, text);
      written.push(text);
    },
  };
  const first: Source = { from: "preset", id: "first" };
  const address = createAddress(bar, {
    state: () => state,
    listen: (listener) => listeners.push(listener),
    address: async () => `${state.info?.title}@${state.frame?.position.at}`,
    open: (source) => opened.push(source),
    first,
  });
  const change = (change: Partial<LabState>): void => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const info = (title: string) => ({ title }) as LabState["info"];
  const frame = (at: number) => ({ position: { at, event: at } }) as LabState["frame"];
  return {
    address,
    entries,
    opened,
    written,
    first,
    at: (at: number, playing = false) => change({ frame: frame(at), playing }),
    /** The run that was asked for comes onto the page. */
    show(source: Source, title: string, at: number, playing = false): void {
      change({ status: "ready", info: info(title), frame: frame(at), playing });
      address.opened(source, true);
    },
    back(): void {
      current -= 1;
      address.changed();
    },
    /** A link of the page is followed; the browser tells of it a moment later, by calling what this returns. */
    follow(fragment: string): () => void {
      bar.push(fragment);
      return address.changed;
    },
  };
}
const later = (millis: number) => vi.advanceTimersByTimeAsync(millis);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the address", () => {
  test("of a newcomer's run is not written before she does something", async () => {
    const page = setUp();
    expect(page.address.begin()).toBeNull();
    page.show(page.first, "first", 0, true);
    for (let at = 1; at < 30; at++) {
      page.at(at, true);
      await later(100);
    }
    expect(page.entries).toEqual([""]);
    page.at(30);
    await later(0);
    expect(page.entries).toEqual(["first@30"]);
  });

  test("is written at most once a second, and says the last moment in the end", async () => {
    const page = setUp("figure-8@1");
    page.show(page.address.begin()!, "figure-8", 1);
    await later(2000);
    for (let at = 2; at <= 100; at++) {
      page.at(at);
      await later(30);
    }
    expect(page.written.length).toBeLessThanOrEqual(4);
    await later(1000);
    expect(page.entries).toEqual(["figure-8@100"]);
    await later(60_000);
    expect(page.written.length).toBeLessThanOrEqual(5);
  });

  test("is written once in four seconds while time passes, and within one when it stands", async () => {
    const page = setUp("figure-8@1");
    page.show(page.address.begin()!, "figure-8", 1, true);
    for (let at = 2; at <= 60; at++) {
      page.at(at, true);
      await later(100);
    }
    expect(page.written.length).toBeLessThanOrEqual(2);
    expect(page.entries).not.toEqual(["figure-8@60"]);
    page.at(61);
    await later(1000);
    expect(page.entries).toEqual(["figure-8@61"]);
  });

  test("gets its new entry at once, however the run before was going", async () => {
    const page = setUp("figure-8@1");
    page.show(page.address.begin()!, "figure-8", 1, true);
    for (let at = 2; at <= 30; at++) {
      page.at(at, true);
      await later(100);
    }
    page.address.leaving();
    page.show({ from: "preset", id: "two" }, "two", 5, true);
    await later(0);
    expect(page.entries).toEqual(["figure-8@30", "two@5"]);
  });

  test("gets a new entry with another run, and Back opens the one before at its moment", async () => {
    const page = setUp("figure-8@1");
    page.show(page.address.begin()!, "figure-8", 1);
    page.at(7, true);
    page.address.leaving();
    page.show({ from: "preset", id: "two" }, "two", 5);
    await later(3000);
    expect(page.entries).toEqual(["figure-8@7", "two@5"]);
    page.back();
    expect(page.opened).toEqual([{ from: "link", fragment: "figure-8@7" }]);
    page.at(6);
    await later(3000);
    expect(page.entries, "the run that goes is not written into the entry of the one that comes").toEqual([
      "figure-8@7",
      "two@5",
    ]);
    page.show(page.opened[0]!, "figure-8", 7);
    await later(3000);
    expect(page.entries, "Forward still leads somewhere").toEqual(["figure-8@7", "two@5"]);
  });

  test("of a newcomer's run is kept as well when another one is opened", async () => {
    const page = setUp();
    page.show(page.first, "first", 0, true);
    page.at(3, true);
    page.address.leaving();
    page.show({ from: "preset", id: "two" }, "two", 5, true);
    await later(3000);
    expect(page.entries).toEqual(["first@3", "two@5"]);
  });

  test("that is empty opens the first run", () => {
    const page = setUp("figure-8@1");
    page.show(page.address.begin()!, "figure-8", 1);
    page.entries[0] = "";
    page.address.changed();
    expect(page.opened).toEqual([page.first]);
  });

  test("that cannot be opened stays until the run that is still there moves on", async () => {
    const page = setUp("figure-8@1");
    page.show(page.address.begin()!, "figure-8", 1);
    await later(2000);
    page.entries[0] = "nonsense";
    page.address.changed();
    page.address.opened(page.opened[0]!, false);
    await later(3000);
    expect(page.entries).toEqual(["nonsense"]);
    page.at(2);
    await later(3000);
    expect(page.entries).toEqual(["figure-8@2"]);
  });

  test("that a link has just brought is not written over by the moment of the run before", async () => {
    const page = setUp("figure-8@1");
    page.show(page.address.begin()!, "figure-8", 1);
    await later(2000);
    // The moment is on its way to the address when the link is followed.
    page.at(2);
    const told = page.follow("log-repair");
    await later(2000);
    told();
    expect(page.entries).toEqual(["figure-8@1", "log-repair"]);
    expect(page.opened).toEqual([{ from: "link", fragment: "log-repair" }]);
  });

  test("that was written here is not read here", async () => {
    const page = setUp("figure-8@1");
    page.show(page.address.begin()!, "figure-8", 1);
    page.at(2);
    await later(3000);
    page.address.changed();
    expect(page.opened).toEqual([]);
  });
});
