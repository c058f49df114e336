import axe from "axe-core";
import type { Page } from "playwright/test";

/**
 * One line for each element that breaks a rule; `rules`: only these. While a dialog is open it is looked at alone: what
 * lies behind it nobody can use. (Beside a definition or the list of speeds one can.) Focus guards hand the focus on at once: nobody ever rests on one.
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const found = await axe.run(
      {
        ...(document.querySelector(".dialog-popup") === null ? {} : { include: [[".dialog-popup"]] }),
        exclude: [["[data-base-ui-focus-guard]"]],
      },
      // Of what breaks no rule nothing need be said, and to say it takes longer than to find it.
      { resultTypes: ["violations"], ...(only === undefined ? {} : { runOnly: [...only] }) },
    );
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
    );
  }, rules);
}
