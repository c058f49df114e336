import type {} from "../../src/store/test-hooks.ts";
import { callText, type Driver, type Point } from "./driver.ts";

declare global {
  interface Window {
    /** What the page complained of, by the script that the smoke's server puts in front; a page from the disk has none. */
    heard?: string[];
  }
}

/** What the page holds, as far as the smoke compares it. */
export interface Moment {
  readonly at: number;
  readonly event: number;
  readonly hash: string;
  readonly playing: boolean;
  readonly title: string;
  readonly violated: boolean;
  readonly down: readonly number[];
  readonly cuts: number;
  readonly notices: readonly string[];
}

// What follows down to the class runs in the page, alone.

function readMoment(): Moment {
  const { frame, info, playing, notices } = window.driftwoodTest.state();
  if (frame === null) throw new Error("The page has no frame");
  return {
    at: frame.position.at,
    event: frame.position.event,
    hash: frame.hash,
    playing,
    title: info?.title ?? "",
    violated: frame.violation !== null,
    down: frame.servers.filter((server) => server.status === "down").map((server) => server.id),
    cuts: frame.cuts.length,
    notices: notices.map((notice) => notice.text),
  };
}

/** Null while there is none, or while something else is above it. */
function middleOf(selector: string, words: string): Point | null {
  const found = [...document.querySelectorAll(selector)].find((part) =>
    [part.textContent?.trim(), part.getAttribute("aria-label")].some((name) => name?.startsWith(words) === true),
  );
  if (found === undefined) return null;
  found.scrollIntoView({ block: "nearest" });
  const { left, top, width, height } = found.getBoundingClientRect();
  const middle = { x: left + width / 2, y: top + height / 2 };
  const above = document.elementFromPoint(middle.x, middle.y);
  return above !== null && (found.contains(above) || above.contains(found)) ? middle : null;
}

/** Only against a hang: everything that is waited for ends long before. */
const patience = 60_000;

/** The page in some engine, spoken to as a person would, by keys and the mouse; and its state, read by its test hooks. */
export class Visit {
  readonly driver: Driver;
  readonly base: string;
  constructor(driver: Driver, base: string) {
    this.driver = driver;
    this.base = base;
  }

  call<A extends readonly unknown[], T>(called: (...given: A) => T, ...given: A): Promise<Awaited<T>> {
    return this.driver.evaluate(callText(called, given)) as Promise<Awaited<T>>;
  }

  async open(fragment = ""): Promise<void> {
    await this.driver.open(fragment === "" ? this.base : `${this.base}#${fragment}`);
    await this.until("the page to be there", () => window.driftwoodIdle !== undefined);
    await this.idle();
    await this.until("the panes", () => document.querySelector(".pane-wait") === null);
  }

  async idle(): Promise<void> {
    await this.call(async () => {
      await window.driftwoodIdle();
      return null;
    });
  }

  async moment(): Promise<Moment> {
    await this.idle();
    return this.call(readMoment);
  }

  /** Asks the page again and again for something that is neither false nor null; `what` is for the message if it never is. */
  async until<A extends readonly unknown[], T>(
    what: string,
    asked: (...given: A) => T | false | null,
    ...given: A
  ): Promise<T> {
    const start = performance.now();
    while (performance.now() - start < patience) {
      const answer = await this.call(asked, ...given);
      if (answer !== false && answer !== null) return answer as T;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`waited in vain for ${what}`);
  }

  async press(...chords: readonly string[]): Promise<void> {
    for (const chord of chords) {
      await this.driver.press(chord);
      await this.idle();
    }
  }

  /** Presses the mouse in the middle of the first element that the selector finds and whose text or label begins with these words. */
  async click(selector: string, words = ""): Promise<void> {
    await this.driver.clickAt(await this.restingPlace(selector, words));
    await this.idle();
  }

  /** A menu that has just opened may still move. */
  private async restingPlace(selector: string, words: string): Promise<Point> {
    const look = () => this.until(`${selector} ${words}`, middleOf, selector, words);
    let before = await look();
    for (;;) {
      const now = await look();
      if (now.x === before.x && now.y === before.y) return now;
      before = now;
    }
  }

  /** Lets time pass for that many simulated milliseconds at least. */
  async playFor(ms: number): Promise<void> {
    const { at } = await this.moment();
    await this.press("Space");
    await this.until("time to pass", (to) => (window.driftwoodTest.frame()?.position.at ?? 0) >= to, at + ms * 1000);
    await this.press("Space");
  }

  /** What the page or the engine has told of errors and warnings since the last call. */
  async complaints(): Promise<readonly string[]> {
    const heard = await this.call(() => window.heard?.splice(0) ?? []);
    return [...new Set([...this.driver.complaints(), ...heard])];
  }
}
