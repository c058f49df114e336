import { type ReactElement, type ReactNode, useCallback, useEffect, useMemo } from "react";
import { pageUrl } from "../../store/embed.ts";
import { usePage } from "../../store/page.ts";
import { notesOf, presenter, usePresenter } from "../../store/presenter.ts";
import { labState, onLab, session, useLab } from "../../store/use-lab.ts";
import { useNotice } from "../kit/use-notice.ts";
import { Band } from "./band.tsx";
import { openChannel, type Told } from "./channel.ts";
import { LinkCard } from "./link-card.tsx";
import { LogTable } from "./log-table.tsx";
import { Pointer } from "./pointer.tsx";
import { Sentence } from "./sentence.tsx";
import { useRemote } from "./use-remote.ts";
import "./presented.css";

/** The page for a room; `children` is the picture. */
export function Presented({ children }: { readonly children: ReactNode }): ReactElement {
  const frozen = usePresenter((state) => state.frozen);
  const card = usePresenter((state) => state.card);
  const title = useLab(({ info }) => info?.title ?? "");
  const notice = useNotice();
  const notes = useNotes();
  useEffect(() => presenter.begin(), []);
  useEffect(() => presenter.thaw, []);
  useRemote(notes);
  return (
    <div className="present" data-card={card}>
      <main className="present-main">
        <h1 className="ui-hidden">{title}</h1>
        <div className="present-picture">{children}</div>
        <LogTable />
      </main>
      <footer className="present-foot">
        <Sentence />
        <Band />
      </footer>
      <LinkCard />
      <p className="present-frozen" role="status">
        {frozen && "Frozen: Z goes on"}
      </p>
      <p className="present-notice" role="status">
        {notice?.text}
      </p>
      <Pointer />
    </div>
  );
}

/** Opens the notes' window, and keeps it told. */
function useNotes(): () => void {
  const name = useMemo(() => crypto.randomUUID().slice(0, 8), []);
  useEffect(() => {
    const channel = openChannel(name);
    const tell = (told: Told) => channel.postMessage(told);
    const tellNotes = () => tell({ kind: "notes", notes: notesOf(labState(), usePresenter.getState()) });
    channel.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.kind === "here") tellNotes();
      if (data.kind === "key") presenter[data.deed]();
    };
    let told = "";
    const tellChanges = () => {
      const now = JSON.stringify(notesOf(labState(), usePresenter.getState()));
      if (now !== told) tellNotes();
      told = now;
    };
    const leave = [onLab(tellChanges), usePresenter.subscribe(tellChanges), usePage.subscribe(tellChanges)];
    return () => {
      for (const each of leave) each();
      tell({ kind: "over" });
      channel.close();
    };
  }, [name]);
  return useCallback(() => {
    const opened = window.open(`${pageUrl()}?notes=${name}`, `driftwood-notes-${name}`, "popup,width=720,height=560");
    if (opened === null) session.notify("The browser does not let the page open a window for the notes.", "error");
  }, [name]);
}
