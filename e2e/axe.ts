import axe from "axe-core";
import type { Page } from "playwright/test";

interface Look {
  /** Also in the dark theme. A theme is colours and nothing else: of what axe knows only contrast can differ. */
  readonly dark?: boolean;
}

/**
 * One line for each element that breaks a rule. While a dialog is open it is looked at alone: what
 * lies behind it nobody can use. (Beside a definition or the list of speeds one can.) Focus guards hand the focus on at once: nobody ever rests on one.
 */
export async function violations(page: Page, { dark = false }: Look = {}): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (alsoInTheDark) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const look = async (theme: string, rules?: string[]): Promise<string[]> => {
      const found = await axe.run(
        {
          ...(document.querySelector(".dialog-popup") === null ? {} : { include: [[".dialog-popup"]] }),
          exclude: [["[data-base-ui-focus-guard]"]],
        },
        // Of what breaks no rule nothing need be said, and to say it takes longer than to find it.
        { resultTypes: ["violations"], ...(rules === undefined ? {} : { runOnly: rules }) },
      );
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => `${theme}: ${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
      );
    };
    const { dataset } = document.documentElement;
    const { theme = "" } = dataset;
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    const found = await look(theme);
    if (!alsoInTheDark) return found;
    // The whole theme is this attribute. To have the page painted in it takes longer than to look at it.
    const wear = (other: string): void => {
      dataset["theme"] = other;
      for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
    };
    wear("dark");
    found.push(...(await look("dark", ["color-contrast"])));
    wear(theme);
    return found;
  }, dark);
}
