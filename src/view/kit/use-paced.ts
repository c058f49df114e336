import { useEffect, useRef, useState } from "react";

/** The newest `value`, but no more than one new one per `pause` milliseconds; the last one always arrives. */
export function usePaced<T>(value: T, pause: number): T {
  const [shown, setShown] = useState(value);
  const shownAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const show = (): void => {
      shownAt.current = performance.now();
      setShown(() => value);
    };
    const wait = shownAt.current + pause - performance.now();
    if (wait <= 0) {
      show();
      return;
    }
    const timer = setTimeout(show, wait);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return shown;
}
