import { create } from "zustand";
import { session, whenLab } from "./use-lab.ts";

/** A part of the page that is fetched when it is needed, and could not be. */
export class PartMissing extends Error {
  constructor(name: string, cause: unknown) {
    super(`The ${name} could not be loaded.`, { cause });
    this.name = "PartMissing";
  }
}

interface MissingPart {
  readonly name: string;
  again(): void;
}
interface Parts {
  /** What the page should have by now and does not. What somebody has asked for says so in its own place. */
  readonly missing: readonly MissingPart[];
}
export const useParts = create<Parts>(() => ({ missing: [] }));

const underWay = new Set<Promise<unknown>>();

/** Something that the page has asked for is still on its way. */
export const fetching = (): boolean => underWay.size > 0;

/** Fetches a part of the page, by its name in a sentence. Rejects with `PartMissing`; asked again, it tries again. */
export async function fetchPart<T>(name: string, load: () => Promise<T>): Promise<T> {
  const coming = fetchStyles(name).then(load);
  underWay.add(coming);
  try {
    return await coming;
  } catch (cause) {
    stylesOf.set(name, [...lostStyles]);
    throw new PartMissing(name, cause);
  } finally {
    underWay.delete(coming);
  }
}

/** For what a click asks for: a part that does not come is told by the way. */
export async function withPart<T>(name: string, load: () => Promise<T>, use: (part: T) => unknown): Promise<void> {
  try {
    await use(await fetchPart(name, load));
  } catch (error) {
    if (!(error instanceof PartMissing)) throw error;
    session.notify(`${error.message} Try it again.`, "error");
  }
}

/** Fetches what the first frame does not need once that frame is there, and hands it to `use`. */
export function afterFirstFrame<T>(name: string, load: () => Promise<T>, use: (part: T) => void): void {
  const attempt = (): Promise<void> =>
    fetchPart(name, load).then(use, () => {
      useParts.setState(({ missing }) => ({ missing: [...missing, { name, again: () => void attempt() }] }));
    });
  whenLab(
    ({ status }) => status !== "starting",
    () => void attempt(),
  );
}

/** Tries everything once more that the page should have. */
export function fetchMissing(): void {
  const { missing } = useParts.getState();
  useParts.setState({ missing: [] });
  for (const part of missing) part.again();
}

/** Addresses of style sheets that did not come, and those among which a part's own may be. */
const lostStyles = new Set<string>();
const stylesOf = new Map<string, readonly string[]>();
/** By address: several parts may have theirs in one sheet. */
const stylesComing = new Map<string, Promise<void>>();

/** The bundler asks for a style sheet once: a part that comes at the second try would stand there without its own. */
async function fetchStyles(name: string): Promise<void> {
  const lost = (stylesOf.get(name) ?? []).filter((address) => lostStyles.has(address));
  await Promise.all(lost.map(fetchStyle));
  stylesOf.delete(name);
}

function fetchStyle(address: string): Promise<void> {
  const coming = stylesComing.get(address) ?? askForStyle(address).finally(() => stylesComing.delete(address));
  stylesComing.set(address, coming);
  return coming;
}

function askForStyle(address: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  return new Promise((resolve, reject) => {
    link.onload = () => {
      lostStyles.delete(address);
      resolve();
    };
    link.onerror = () => reject(new Error(`There is no ${address}`));
    document.head.append(link);
  });
}

/** Notes the style sheets that do not come, and tries again whenever the device is back on the network. Call once. */
export function mendParts(): void {
  const onError = ({ target }: Event): void => {
    if (!(target instanceof HTMLLinkElement) || target.rel !== "stylesheet") return;
    lostStyles.add(target.href);
    target.remove();
  };
  document.addEventListener("error", onError, true);
  window.addEventListener("online", fetchMissing);
}
