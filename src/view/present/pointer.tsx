import { type ReactElement, useEffect, useRef } from "react";

/** A ring around the pointer, which on a projector is too small to be found. It is there once the pointer moves. */
export function Pointer(): ReactElement {
  const ring = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = ({ clientX, clientY, pointerType }: PointerEvent) => {
      const { current } = ring;
      if (current === null) return;
      current.hidden = pointerType === "touch";
      current.style.transform = `translate(${clientX}px, ${clientY}px)`;
    };
    window.addEventListener("pointermove", follow);
    return () => window.removeEventListener("pointermove", follow);
  }, []);
  return <div className="present-pointer" ref={ring} hidden />;
}
