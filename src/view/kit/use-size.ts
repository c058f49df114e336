import { type RefObject, useLayoutEffect, useState } from "react";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The inner size of an element in whole pixels; 0 × 0 until it is known. */
export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const read = (): void => {
      const [width, height] = [element.clientWidth, element.clientHeight];
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    };
    // Asked while sizes are being told, WebKit lays out once more, and complains that others change meanwhile.
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(waiting);
      waiting = setTimeout(read);
    });
    observer.observe(element);
    read();
    return () => {
      observer.disconnect();
      clearTimeout(waiting);
    };
  }, [ref]);
  return size;
}
