import { type ReactElement, Suspense } from "react";
import type { Followed } from "../../store/lab.ts";
import type { About } from "../../worker/protocol/why.ts";
import { lazyPart } from "../kit/lazy.tsx";

/** What explains the selection comes after the selection itself. */

const LazyWhy = lazyPart("explanation", async () => (await import("./why/why.tsx")).Why);
const LazyLife = lazyPart("story of it", async () => (await import("./life/life-part.tsx")).LifePart);

interface WhyProps {
  readonly about: About;
  readonly server: number;
  readonly now: string;
}
export const WhyPart = (props: WhyProps): ReactElement => (
  <Suspense>
    <LazyWhy {...props} />
  </Suspense>
);

export const LifePart = (props: { readonly followed: Followed }): ReactElement => (
  <Suspense>
    <LazyLife {...props} />
  </Suspense>
);
