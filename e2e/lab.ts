import {
  type Browser,
  type BrowserContextOptions,
  test as base,
  expect,
  type FullProject,
  type Locator,
  type Page,
} from "playwright/test";
import type { LabState } from "../src/store/lab.ts";
import type {} from "../src/store/test-hooks.ts";
import type { Frame } from "../src/worker/protocol/frame.ts";
import type { MessageView } from "../src/worker/protocol/message.ts";
import type { ServerView } from "../src/worker/protocol/server.ts";
import { encodeScenario, type Scenario } from "./scenario.ts";

/** Where the page is opened; `blank`: a run with no servers' history of its own is wanted, paused at the start. */
export interface Opening {
  /** A recording to open by its link; without it the page opens what a first visitor sees. */
  readonly scenario?: Scenario;
  /** A fragment as it is, without "#". */
  readonly fragment?: string;
}

/** One page of Driftwood, spoken to as a person would: by roles, names, keys; and its state, read by its test hooks. */
export class Lab {
  readonly page: Page;
  readonly #isKept: boolean;
  /** `isKept`: the page is the one of the test before, and there already. */
  constructor(page: Page, isKept = false) {
    this.page = page;
    this.#isKept = isKept;
  }

  async open({ scenario, fragment }: Opening = {}): Promise<void> {
    const address = scenario === undefined ? fragment : await encodeScenario(scenario);
    if (this.#isKept && address !== undefined && this.page.url() !== "about:blank") await this.#openHere(address);
    else await this.page.goto(address === undefined ? "./" : `./#${address}`);
    await this.ready();
  }

  /** As a link that is followed in a page that is there; whatever lies over it goes first. */
  async #openHere(address: string): Promise<void> {
    while ((await this.page.locator('[role="dialog"], [role="menu"]').count()) > 0) await this.press("Escape");
    await this.page.evaluate((to) => {
      (document.activeElement as HTMLElement | null)?.blur();
      history.replaceState(null, "", "./");
      location.hash = to;
    }, address);
  }

  /** Until the run is there, and the panes that load after it. */
  async ready(): Promise<void> {
    await this.idle();
    await expect(this.page.locator(".pane-wait")).toHaveCount(0);
  }

  /** Until nothing that was asked for is under way and the outcome is painted. */
  idle(): Promise<void> {
    return this.page.evaluate(() => window.driftwoodIdle());
  }

  // ---- what the page holds: it travels as text, since Playwright looks at every field of an object thrice ----

  async state(): Promise<LabState> {
    await this.idle();
    return JSON.parse(await this.page.evaluate(() => JSON.stringify(window.driftwoodTest.state())));
  }

  async frame(): Promise<Frame> {
    await this.idle();
    const frame: Frame | null = JSON.parse(
      await this.page.evaluate(() => JSON.stringify(window.driftwoodTest.frame())),
    );
    if (frame === null) throw new Error("The page has no frame");
    return frame;
  }

  async hash(): Promise<string> {
    return (await this.frame()).hash;
  }

  async serverView(id: number): Promise<ServerView> {
    const view = (await this.frame()).servers.find((server) => server.id === id);
    if (view === undefined) throw new Error(`There is no S${id}`);
    return view;
  }

  async leader(): Promise<ServerView> {
    const { servers } = await this.frame();
    const leader = servers.find((server) => server.role === "leader" && server.status === "up");
    if (leader === undefined) throw new Error("There is no leader");
    return leader;
  }

  /** What a link carries: enough to say that two pages show the same. */
  async moment() {
    const { frame, selection, speed, playing, info } = await this.state();
    return {
      at: frame?.position.at,
      hash: frame?.hash,
      end: frame?.end.at,
      selection,
      speed,
      playing,
      title: info?.title,
      bookmarks: info?.bookmarks,
    };
  }

  // ---- what a person sees and uses ----

  get stage(): Locator {
    return this.page.locator("svg.stage-picture");
  }
  /** A server's mark on the stage. */
  server(id: number): Locator {
    return this.stage.getByRole("button", { name: new RegExp(`^S${id},`) });
  }
  message(view: Pick<MessageView, "id">): Locator {
    return this.stage.locator(`[role="button"][data-pick="${view.id}"]`);
  }
  get menu(): Locator {
    return this.page.getByRole("menu");
  }
  menuItem(name: string | RegExp): Locator {
    return this.menu.getByRole("menuitem", { name });
  }
  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }
  get inspector(): Locator {
    return this.page.getByRole("region", { name: "Inspector" });
  }
  /** Shows a pane of the sheet; on a phone its tab may have to be fetched from under More. */
  async openPane(name: string): Promise<void> {
    const tab = this.page.getByRole("tab", { name, exact: true });
    if (await tab.isVisible()) return tab.click();
    await this.button("More panes").click();
    await this.menuItem(name).click();
    await expect(tab).toHaveAttribute("aria-selected", "true");
  }
  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  /** Clicks a mark on the stage and waits until its menu has the keyboard. */
  async openMenu(mark: Locator): Promise<void> {
    await mark.click();
    await expect(this.page.locator('[role="menu"]:focus, [role="menu"] :focus')).toBeVisible();
  }

  /** Opens a server's menu and picks an item. */
  async onServer(id: number, item: string | RegExp): Promise<void> {
    await this.server(id).click();
    await this.menuItem(item).click();
    await this.idle();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      await this.idle();
    }
  }

  async click(name: string | RegExp): Promise<void> {
    await this.button(name).click();
    await this.idle();
  }

  /** The address that the dialog for sharing offers, once it has one. */
  async sharedUrl(): Promise<string> {
    await this.press("s");
    const field = this.dialog.getByRole("textbox", { name: "Link to this moment" });
    await expect(field).toHaveValue(/#/);
    const url = await field.inputValue();
    await this.press("Escape");
    return url;
  }

  /**
   * Presses a key that plays to somewhere, and once more while it plays: the page's clock stands meanwhile, on any
   * machine. The clock is put in before the page is opened (`page.clock.install`) and stays: only for a `firstVisit`.
   * `meanwhile`: what is to be seen while it plays; `where`: the frame that the page is in.
   */
  async hasten(key: string, meanwhile = async () => {}, where: Pick<Page, "evaluate"> = this.page): Promise<void> {
    const { clock, keyboard } = this.page;
    await clock.pauseAt((await this.page.evaluate(() => Date.now())) + 1000);
    await keyboard.press(key);
    await expect.poll(() => where.evaluate(() => window.driftwoodTest.state().playing)).toBe(true);
    await meanwhile();
    await keyboard.press(key);
    await clock.resume();
    await where.evaluate(() => window.driftwoodIdle());
  }

  /** Plays for that much simulated time at least: a slow page goes a little further. */
  async playFor(ms: number): Promise<void> {
    const { at } = await this.moment();
    await this.playUntil((at ?? 0) / 1000 + ms);
  }

  /**
   * Lets time pass until the run has come to `ms`, then pauses. The second press is given within the page: on its way from
   * here a busy machine may need seconds, and the run would be far beyond what the test is about.
   */
  async playUntil(ms: number): Promise<void> {
    await this.press("Space");
    await this.page.evaluate(async (at) => {
      while ((window.driftwoodTest.frame()?.position.at ?? 0) < at) await new Promise((resolve) => setTimeout(resolve));
      const space = new KeyboardEvent("keydown", { key: " ", code: "Space", bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(space);
    }, ms * 1000);
    await this.idle();
    await expect(this.button("Play")).toBeVisible();
  }
}

/** What a hand carries that drags these files, by their names, over the page: for "dragover" and "drop". */
export const carrying = (page: Page, files: Readonly<Record<string, string>>) =>
  page.evaluateHandle((named) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(named)) transfer.items.add(new File([text], name));
    return transfer;
  }, files);

interface Watched {
  /** Words of the console and of errors that must not appear; a test that provokes some takes them out. */
  readonly complaints: string[];
  /** Addresses that were asked for. */
  readonly requests: string[];
}

/** Notes every complaint of a page: console errors and warnings, errors that nobody caught, violations of the policy. */
export async function watch(page: Page): Promise<Watched> {
  const watched: Watched = { complaints: [], requests: [] };
  const { complaints, requests } = watched;
  page.on("console", (message) => {
    if (message.text() === "Service Worker registration blocked by Playwright") return;
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("crash", () => complaints.push("the page crashed"));
  page.on("request", (request) => requests.push(request.url()));
  // Somebody always listens: Playwright would let go of choosers after each, and take hold again too late for the next.
  page.on("filechooser", () => {});
  await page.exposeFunction("driftwoodPolicyBroken", (what: string) => complaints.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const told = window as unknown as { driftwoodPolicyBroken(what: string): void };
      told.driftwoodPolicyBroken(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return watched;
}

function noComplaints({ complaints, requests }: Watched, baseURL = ""): void {
  const foreign = requests.filter((url) => !url.startsWith(baseURL) && !/^(blob|data|about):/.test(url));
  expect(complaints, "the page complains").toEqual([]);
  expect(foreign, "the page asks other places").toEqual([]);
}

interface Fixtures {
  /**
   * The tests of a file that says so (`keepPage`) go on with the page that the one before has left, and open their links
   * there: only for tests that ask nothing of the page but the run that they open.
   */
  readonly keepsPage: boolean;
  readonly isKept: boolean;
  readonly lab: Lab;
  readonly watched: Watched;
}

/** A page that the tests of a process use one after the other. */
interface Shared {
  readonly page: Page;
  readonly watched: Watched;
  /** The file whose test has left the page as it is. */
  left: string | null;
  /** Leaves the page blank, and the browser without anything that it kept for it. */
  forget(): Promise<void>;
}

async function share(browser: Browser, use: FullProject["use"]): Promise<Shared> {
  const page = await (await browser.newContext(use as BrowserContextOptions)).newPage();
  const watched = await watch(page);
  const session = await page.context().newCDPSession(page);
  const origin = new URL(use.baseURL ?? "").origin;
  return {
    page,
    watched,
    left: null,
    async forget() {
      await page.goto("about:blank");
      const ownClock = await page.evaluate(() => setTimeout.toString().includes("[native code]"));
      expect(ownClock, "the test before has left its clock in the page: it needs a `firstVisit`").toBe(true);
      await page.unrouteAll();
      await page.context().clearPermissions();
      await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "local_storage,indexeddb" });
      watched.complaints.length = 0;
      watched.requests.length = 0;
    },
  };
}

/**
 * `test` whose page must not complain: whatever else a test looks at, a console error fails it. Tests share a page,
 * which is blank and knows nothing when one begins: what is costly is a browser that has never seen our scripts.
 */
export const test = base.extend<Fixtures, { readonly shared: Shared }>({
  shared: [
    async ({ browser }, use, { project }) => {
      const shared = await share(browser, project.use);
      await use(shared);
      await shared.page.context().close();
    },
    { scope: "worker" },
  ],
  context: ({ page }, use) => use(page.context()),
  keepsPage: [false, { option: true }],
  isKept: ({ shared, keepsPage }, use, { file }) => use(keepsPage && shared.left === file),
  page: async ({ shared, isKept, keepsPage, viewport, colorScheme, permissions }, use, { file }) => {
    const { page, forget } = shared;
    if (!isKept) await forget();
    shared.left = keepsPage ? file : null;
    if (viewport !== null) await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: null });
    if (permissions !== undefined) await page.context().grantPermissions(permissions);
    await use(page);
  },
  // `page` comes first: it begins with a clean slate.
  watched: async ({ page: _, shared, baseURL }, use) => {
    await use(shared.watched);
    noComplaints(shared.watched, baseURL);
  },
  lab: async ({ page, isKept, watched: _ }, use) => use(new Lab(page, isKept)),
});

/** For a file's beginning. Its tests go one after the other in one process: each process would open a page, and leave it otherwise. */
export function keepPage(): void {
  test.use({ keepsPage: true });
  test.describe.configure({ mode: "default" });
}

/** As `test`, in a browser that has never been here: for a first visit, and for pages that are made otherwise. */
export const firstVisit = base.extend<Pick<Fixtures, "lab" | "watched">>({
  watched: async ({ page, baseURL }, use) => {
    const watched = await watch(page);
    await use(watched);
    noComplaints(watched, baseURL);
  },
  // `watched` comes first so that it sees the page from its beginning.
  lab: async ({ page, watched: _ }, use) => use(new Lab(page)),
});

export { expect };
