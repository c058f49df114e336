import { describe, expect, test } from "vitest";
import { embedUrl, readEmbed } from "./embed.ts";

describe("what the address asks for in a frame", () => {
  test("nothing: the page stands for itself", () => {
    expect(readEmbed("")).toBeNull();
    expect(readEmbed("?theme=dark&from=1")).toBeNull();
  });

  test("without a choice the picture, the story and the time", () => {
    const usual = {
      parts: ["stage", "story", "controls"],
      theme: "host",
      from: null,
      to: null,
      loop: false,
      host: null,
    };
    for (const search of ["?embed", "?embed=", "?embed=1", "?embed=stgae"]) expect(readEmbed(search)).toEqual(usual);
  });

  test("parts stand in their own order, whatever theirs in the address", () => {
    expect(readEmbed("?embed=controls,diagram,stage,stage,nothing")?.parts).toEqual(["stage", "diagram", "controls"]);
  });

  test("times are seconds; an end that is not after the beginning is none, and nothing loops without an end", () => {
    expect(readEmbed("?embed&from=0.2&to=0.41&loop=1")).toMatchObject({ from: 200_000, to: 410_000, loop: true });
    expect(readEmbed("?embed&from=0.2&to=0.41&loop=0")).toMatchObject({ loop: false });
    expect(readEmbed("?embed&from=0.5&to=0.41&loop=1")).toMatchObject({ from: 500_000, to: null, loop: false });
    expect(readEmbed("?embed&from=-1&to=1e9&loop")).toMatchObject({ from: null, to: null, loop: false });
  });

  test("a host is an origin", () => {
    expect(readEmbed("?embed&host=https://slides.example/deck/3")?.host).toBe("https://slides.example");
    expect(readEmbed("?embed&host=slides")?.host).toBeNull();
  });
});

test("the address of a frame says what was chosen before the moment", () => {
  const url = "https://somebody.example/driftwood/#figure-8@0.390";
  expect(embedUrl(url, { parts: ["stage", "logs"], theme: "dark" })).toBe(
    "https://somebody.example/driftwood/?embed=stage,logs&theme=dark#figure-8@0.390",
  );
  expect(readEmbed(new URL(embedUrl(url, { parts: ["stage"], theme: "host" })).search)).toMatchObject({
    parts: ["stage"],
    theme: "host",
  });
});
