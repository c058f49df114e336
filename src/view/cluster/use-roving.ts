import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import type { Frame } from "../../worker/protocol/frame.ts";
import { picked } from "./use-picking.ts";

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One stop of the Tab key; arrows go on to the next server, cut or message. A message that arrives hands on to its receiver. */
export function useRoving(frame: Frame, cuts: readonly string[], picture: RefObject<SVGSVGElement | null>) {
  const [wanted, setWanted] = useState("S1");
  const hadFocus = useRef(false);
  const pressed = usePressed();
  const names = [
    ...frame.servers.map((server) => `S${server.id}`),
    ...cuts,
    ...frame.messages.filter((message) => message.group === frame.group).map((message) => message.id),
  ];
  const focusable = names.includes(wanted) ? wanted : (/>(S\d+)#/.exec(wanted)?.[1] ?? "S1");

  useLayoutEffect(() => {
    if (focusable === wanted) return;
    if (hadFocus.current && document.activeElement === document.body) focusOn(picture.current, focusable);
    setWanted(focusable);
  }, [focusable, wanted, picture]);

  function onFocus(event: FocusEvent): void {
    const name = picked(event.target)?.getAttribute("data-pick");
    hadFocus.current = name !== null && name !== undefined;
    if (hadFocus.current) setWanted(name!);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = steps[event.key];
    // After a press of the pointer the arrows keep their meaning for the whole page.
    if (step === undefined || pressed.current || !(event.target instanceof Element)) return;
    if (!event.target.matches("[data-pick]")) return;
    event.preventDefault();
    const at = names.indexOf(event.target.getAttribute("data-pick") ?? "");
    const next = names[(at + step + names.length) % names.length]!;
    // Among many, a message is an element only while it is the one that Tab stops at.
    flushSync(() => setWanted(next));
    focusOn(picture.current, next);
  }
  return { focusable, onFocus, onKeyDown };
}

/** Whether the pointer came after the last Tab. `:focus-visible` does not tell: some browsers let it hold from the very key that asks. */
function usePressed(): { readonly current: boolean } {
  const pressed = useRef(false);
  useEffect(() => {
    const onPointer = () => {
      pressed.current = true;
    };
    const onKey = (event: { readonly key: string }) => {
      if (event.key === "Tab") pressed.current = false;
    };
    document.addEventListener("pointerdown", onPointer, true);
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("pointerdown", onPointer, true);
      document.removeEventListener("keydown", onKey, true);
    };
  }, []);
  return pressed;
}

function focusOn(picture: SVGSVGElement | null, name: string): void {
  const element = picture?.querySelector(`[role="button"][data-pick="${CSS.escape(name)}"]`);
  (element as SVGElement | null | undefined)?.focus();
}
