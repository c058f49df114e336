import { Bug, CircleAlert, History } from "lucide-react";
import { page } from "../../store/page.ts";
import { fetchMissing, useParts } from "../../store/parts.ts";
import { lab, session, useLab } from "../../store/use-lab.ts";
import { Late, lazyPart, ReloadButton } from "../kit/lazy.tsx";
import { Row } from "./banner-row.tsx";
import { useAfter } from "./use-after.ts";

const ToldBar = lazyPart("what was read", async () => (await import("../told/bar.tsx")).ToldBar);

/** Things that stay until they are answered, each a row of its own between header and picture: nothing is covered. */
export function Banners() {
  const told = useLab((state) => state.info?.told !== undefined);
  const Newer = useAfter()?.Newer;
  return (
    <>
      {told && (
        <Late>
          <ToldBar />
        </Late>
      )}
      <BrokenBanner />
      <FailedBanner />
      <MissingBanner />
      <ProblemBanner />
      <OfferBanner />
      {Newer !== undefined && <Newer />}
    </>
  );
}

const alertIcon = <CircleAlert className="banner-icon" size={16} strokeWidth={1.8} aria-hidden="true" />;

function ProblemBanner() {
  const problem = useLab((state) => state.problem);
  if (problem === null) return null;
  return (
    <Row tone="bad" icon={alertIcon} onClose={lab.dismissProblem}>
      <strong>This could not be opened. Your run is untouched.</strong>{" "}
      {problem.place !== undefined && `Line ${problem.place.line}, column ${problem.place.column}: `}
      {problem.field !== "" && <code className="banner-field">{problem.field}</code>} {problem.message}
    </Row>
  );
}

function FailedBanner() {
  const status = useLab((state) => state.status);
  if (status !== "failed") return null;
  const button = (
    <button type="button" className="ui-button" onClick={session.retry}>
      Try again
    </button>
  );
  return (
    <Row tone="bad" icon={alertIcon} buttons={button}>
      <strong>The engine has stopped several times within a minute.</strong> Your run is kept.
    </Row>
  );
}

/** What nobody asks for by itself and the page should have. */
function MissingBanner() {
  const missing = useParts((state) => state.missing);
  if (missing.length === 0) return null;
  const buttons = (
    <>
      <button type="button" className="ui-button" onClick={fetchMissing}>
        Try again
      </button>
      <ReloadButton />
    </>
  );
  return (
    <Row tone="bad" icon={alertIcon} buttons={buttons}>
      <strong>Not all of the page could be loaded.</strong> Missing: {missing.map(({ name }) => name).join("; ")}.
    </Row>
  );
}

function OfferBanner() {
  const offer = useLab((state) => state.offer);
  if (offer === null) return null;
  const when = new Date(offer.savedAt).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  const button = (
    <button type="button" className="ui-button" onClick={() => lab.restore(true)}>
      Restore it
    </button>
  );
  const icon = <History className="banner-icon" size={16} strokeWidth={1.8} aria-hidden="true" />;
  return (
    <Row tone="plain" icon={icon} buttons={button} onClose={() => lab.restore(false)}>
      Your earlier run is still here: <strong>{offer.title || "untitled"}</strong>, {when}.
    </Row>
  );
}

/** Stays as long as a rule is off: nobody shall take what he sees for Raft. */
function BrokenBanner() {
  const bugs = useLab((state) => state.info?.bugs);
  if (bugs === undefined || bugs.length === 0) return null;
  const button = (
    <button type="button" className="ui-button" aria-haspopup="dialog" onClick={() => page.openDialog("bugs")}>
      Rules …
    </button>
  );
  const icon = <Bug className="banner-icon" size={16} strokeWidth={1.8} aria-hidden="true" />;
  return (
    <Row tone="broken" icon={icon} buttons={button}>
      <strong>This is not Raft any more:</strong> {bugs.map(({ title }) => lowerFirst(title)).join("; ")}.
    </Row>
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
