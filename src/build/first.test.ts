import { expect, test } from "vitest";
import { Laboratory } from "../worker/laboratory.ts";
import { first } from "./first.tsx";

test("the page holds the first run's picture, and the very answer that the engine will give", async () => {
  const { answer, markup } = await first();
  const laboratory = new Laboratory();
  const opened = await laboratory.open({ from: "preset", id: "first-election" });
  expect(answer).toEqual(laboratory.enter(opened.ok ? opened.value.run : 0));
  for (const arrangement of ["wide", "tall", "flat"]) expect(markup).toContain(`data-arrangement="${arrangement}"`);
  expect(markup.match(/class="stage-server"/g)).toHaveLength(15);
  expect(markup).toContain('aria-label="S3, follower of term 0, commit 0"');
  // The page's policy allows no styles in the markup.
  expect(markup).not.toMatch(/<script|<style|style=/);
});
