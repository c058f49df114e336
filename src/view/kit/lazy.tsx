import { RotateCw } from "lucide-react";
import {
  Component,
  type ComponentType,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { fetchPart, PartMissing } from "../../store/parts.ts";
import { reloadPage } from "../../store/reload.ts";
import "./lazy.css";

/**
 * A component that is fetched when it is first drawn; `name` is what it is called in a sentence. If it does not come,
 * its place says so and can try again, and the rest of the page lives. Draw it under a `Late`.
 */
export function lazyPart<P extends object>(
  name: string,
  load: () => Promise<ComponentType<P>>,
  onClose?: () => void,
): ComponentType<P> {
  const attempt = () =>
    lazy(async () => {
      const part = { default: await fetchPart(name, load) };
      // Once React knows of it, too.
      setTimeout(tellArrival);
      return part;
    });
  // React remembers an attempt that failed: another try is another component. Who comes later begins with the newest.
  let newest = attempt();
  const renew = () => {
    newest = attempt();
    return newest;
  };
  // biome-ignore lint/correctness/noComponentHookFactories: called where a module is evaluated, never in a component
  return function Part(props: P) {
    const [{ Attempt, count }, setAttempt] = useState(() => ({ Attempt: newest, count: 0 }));
    const again = () => setAttempt({ Attempt: renew(), count: count + 1 });
    const missing = (
      <Missing name={name} onAgain={again} onGone={renew} {...(onClose === undefined ? {} : { onClose })} />
    );
    return (
      <Contained key={count} missing={missing}>
        <Attempt {...props} />
      </Contained>
    );
  };
}

let arrivals = 0;
const waiting = new Set<() => void>();
const countArrivals = (): number => arrivals;
function tellArrival(): void {
  arrivals++;
  for (const tell of waiting) tell();
}
function onArrival(tell: () => void): () => void {
  waiting.add(tell);
  return () => waiting.delete(tell);
}

/**
 * Stands around parts, and draws again when one has come. By itself React shows a part 300 ms after its stand-in at the
 * earliest, however soon that part is there; until then who waits for it would be told that all is there.
 */
export function Late({ fallback = null, children }: { readonly fallback?: ReactNode; readonly children: ReactNode }) {
  useSyncExternalStore(onArrival, countArrivals, countArrivals);
  return <Suspense fallback={fallback}>{children}</Suspense>;
}

interface ContainedProps {
  readonly missing: ReactNode;
  readonly children: ReactNode;
}

/** Stands in for a part that is missing; every other error is somebody else's. */
class Contained extends Component<ContainedProps, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    if (error instanceof PartMissing) return this.props.missing;
    throw error;
  }
}

interface MissingProps {
  readonly name: string;
  onAgain(): void;
  onGone(): void;
  /** It lies over the page until it is closed. */
  readonly onClose?: () => void;
}

function Missing({ name, onAgain, onGone, onClose }: MissingProps) {
  const over = onClose !== undefined;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => () => onGone(), [onGone]);
  useEffect(() => {
    if (over) button.current?.focus();
  }, [over]);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => key === "Escape" && onClose?.();
    window.addEventListener("online", onAgain);
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("online", onAgain);
      window.removeEventListener("keydown", onKey);
    };
  }, [onAgain, onClose]);
  return (
    <div className="lazy-missing" role="alert" data-over={over}>
      <p>
        <strong>The {name} could not be loaded.</strong> The run itself goes on.
      </p>
      <div className="lazy-buttons">
        <button ref={button} type="button" className="ui-button" onClick={onAgain}>
          <RotateCw size={15} strokeWidth={1.8} aria-hidden="true" />
          Try again
        </button>
        <ReloadButton />
        {over && (
          <button type="button" className="ui-button" onClick={onClose}>
            Close
          </button>
        )}
      </div>
    </div>
  );
}

export function ReloadButton() {
  return (
    <button type="button" className="ui-button" title="The run is kept" onClick={() => void reloadPage()}>
      Reload the page
    </button>
  );
}
