import { useEffect, useRef, useState } from "react";
import { waiting } from "../../store/paced.ts";

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
    const sign = Symbol();
    waiting.add(sign);
    const timer = setTimeout(() => {
      waiting.delete(sign);
      show();
    }, wait);
    return () => {
      waiting.delete(sign);
      clearTimeout(timer);
    };
  }, [value, pause]);
  return shown;
}
