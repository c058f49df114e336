import { type ReactElement, useEffect } from "react";
import { page } from "../../store/page.ts";
import { session } from "../../store/use-lab.ts";
import "./dark.css";

/** Nothing but black, so that the room looks at who speaks. Time stands; the next key or click ends it and does nothing else. */
export function Dark(): ReactElement {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (meansNothing.test(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!event.repeat) page.darken(false);
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
  useEffect(() => session.holdTime(), []);
  return (
    <button
      type="button"
      className="dark"
      aria-label="Black screen: any key brings the page back"
      onClick={() => page.darken(false)}
    />
  );
}

/** Alone; or it is the browser's: F5 loads the page again. */
const meansNothing = /^(Shift|Control|Alt|AltGraph|Meta|F\d+)$/;
