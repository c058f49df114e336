import { afterEach, describe, expect, it, vi } from "vitest";
import { copy } from "./sharing.ts";

class Item {
  readonly content: Readonly<Record<string, Promise<Blob>>>;
  constructor(content: Readonly<Record<string, Promise<Blob>>>) {
    this.content = content;
  }
}

/** A browser whose clipboard takes what it `takes`; what it was given, in order. */
function clipboardThat(takes: { readonly promise: boolean; readonly text: boolean }): string[] {
  const given: string[] = [];
  const refuse = () => Promise.reject(new Error("NotAllowedError"));
  vi.stubGlobal("ClipboardItem", Item);
  vi.stubGlobal("navigator", {
    clipboard: {
      async write([item]: readonly Item[]) {
        given.push("asked");
        if (!takes.promise) return refuse();
        given.push(await (await item!.content["text/plain"]!).text());
      },
      async writeText(text: string) {
        if (!takes.text) return refuse();
        given.push(`text ${text}`);
      },
    },
  });
  return given;
}

afterEach(() => vi.unstubAllGlobals());

describe("copy", () => {
  it("asks within the gesture, ahead of a text that is still being made", async () => {
    const given = clipboardThat({ promise: true, text: false });
    let finish: (text: string) => void = () => undefined;
    const copied = copy(new Promise<string>((resolve) => (finish = resolve)));
    expect(given).toEqual(["asked"]);
    finish("a link");
    expect(await copied).toBe(true);
    expect(given).toEqual(["asked", "a link"]);
  });

  it("gives the text itself where no promise is taken", async () => {
    const given = clipboardThat({ promise: false, text: true });
    expect(await copy(Promise.resolve("a link"))).toBe(true);
    expect(given.at(-1)).toBe("text a link");
  });

  it("says so where nothing is taken, or there is no clipboard at all", async () => {
    clipboardThat({ promise: false, text: false });
    expect(await copy(Promise.resolve("a link"))).toBe(false);
    vi.stubGlobal("navigator", {});
    expect(await copy(Promise.resolve("a link"))).toBe(false);
  });

  it("copies nothing where no link could be made", async () => {
    const given = clipboardThat({ promise: true, text: true });
    expect(await copy(Promise.resolve(null))).toBe(false);
    expect(given).toEqual(["asked"]);
  });
});
