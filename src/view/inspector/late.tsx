import type { ReactElement } from "react";
import type { ServerId } from "../../base/units.ts";
import type { Followed } from "../../store/lab.ts";
import type { ServerView } from "../../worker/protocol/server.ts";
import type { About } from "../../worker/protocol/why.ts";
import { Late, lazyPart } from "../kit/lazy.tsx";

/** What explains the selection comes after the selection itself. */

const LazyWhy = lazyPart("explanation", async () => (await import("./why/why.tsx")).Why);
const LazyLife = lazyPart("story of it", async () => (await import("./life/life-part.tsx")).LifePart);

const LazyLines = lazyPart("lines of the log", async () => (await import("./told-lines.tsx")).ToldLines);

const LazyChanged = lazyPart("options", async () => (await import("./changed-options.tsx")).ChangedOptions);

interface WhyProps {
  readonly about: About;
  readonly server: number;
  readonly now: string;
}
export const WhyPart = (props: WhyProps): ReactElement => (
  <Late>
    <LazyWhy {...props} />
  </Late>
);

export const LifePart = (props: { readonly followed: Followed }): ReactElement => (
  <Late>
    <LazyLife {...props} />
  </Late>
);

export const ToldLines = (props: { readonly server: ServerId }): ReactElement => (
  <Late>
    <LazyLines {...props} />
  </Late>
);

export const ChangedOptions = (props: { readonly server: ServerView }): ReactElement => (
  <Late>
    <LazyChanged {...props} />
  </Late>
);
