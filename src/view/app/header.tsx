import { ChevronDown, Moon, Settings2, Share, Sun } from "lucide-react";
import { page, shownTheme, usePage } from "../../store/page.ts";
import { share } from "../../store/sharing.ts";
import { stepsOf } from "../../store/story.ts";
import { useLab } from "../../store/use-lab.ts";
import { useMedia } from "../kit/use-media.ts";
import { useNotice } from "../kit/use-notice.ts";
import { Logo } from "./logo.tsx";
import { useAfter } from "./use-after.ts";
import "./header.css";
import { IconButton } from "../kit/icon-button.tsx";

/** What stands in the place of the run, and is shared then. */
interface Instead {
  readonly title: string;
  readonly line: string;
  readonly share: () => void;
}

/** Name, scenario, what the run is, and the ways to another one. */
export function Header({ narrow, experiment }: { readonly narrow: boolean; readonly experiment?: Instead }) {
  return (
    <header className="header-bar">
      <Logo />
      {narrow ? <h1 className="ui-hidden">Driftwood</h1> : <h1 className="header-name">Driftwood</h1>}
      <ScenarioButton instead={experiment} />
      <Line instead={experiment} />
      {narrow ? <NarrowButtons instead={experiment} /> : <WideButtons instead={experiment} />}
    </header>
  );
}

interface InsteadProps {
  readonly instead: Instead | undefined;
}

function ScenarioButton({ instead }: InsteadProps) {
  const title = useLab((state) => state.info?.title);
  return (
    <button
      type="button"
      className="header-scenario"
      aria-haspopup="dialog"
      onClick={() => page.openDialog("scenarios")}
      title="Choose another scenario"
    >
      <span className="header-title">{instead?.title ?? title ?? "Starting …"}</span>
      <ChevronDown size={16} strokeWidth={1.8} aria-hidden="true" />
    </button>
  );
}

/** What the run is; for some seconds, what has just happened to it. */
function Line({ instead }: InsteadProps) {
  const summary = useLab((state) => state.info?.summary ?? "");
  const notice = useNotice();
  return (
    <p className="header-line" data-tone={notice?.tone ?? "none"} role="status">
      {notice === undefined ? (
        <span className="header-summary">{instead?.line ?? summary}</span>
      ) : (
        <span className="header-notice">{notice.text}</span>
      )}
    </p>
  );
}

function WideButtons({ instead }: InsteadProps) {
  // There is one dark button, and it is what to do next: in a story that is its Next.
  const ofRun = useLab((state) => state.info?.told === undefined) && instead === undefined;
  const inStory = useLab((state) => stepsOf(state).length > 0 || state.info?.lesson !== undefined);
  return (
    <nav className="header-buttons" aria-label="Run and page">
      <button type="button" className="ui-button" aria-haspopup="dialog" onClick={() => page.openDialog("learn")}>
        Learn
      </button>
      <button type="button" className="ui-button" aria-haspopup="dialog" onClick={() => page.openDialog("scenarios")}>
        Scenarios
      </button>
      {ofRun && (
        <button type="button" className="ui-button" aria-haspopup="dialog" onClick={() => page.openDialog("bugs")}>
          Break Raft
        </button>
      )}
      <button
        type="button"
        className={inStory || instead ? "ui-button" : "ui-button ui-dark"}
        aria-haspopup="dialog"
        onClick={instead?.share ?? share}
      >
        Share
      </button>
      {ofRun && (
        <IconButton
          icon={Settings2}
          label="Settings"
          size={18}
          title="Settings (G)"
          aria-haspopup="dialog"
          onClick={() => page.openDialog("settings")}
        />
      )}
      <ThemeButton />
      <button
        type="button"
        className="ui-icon-button header-help"
        aria-haspopup="dialog"
        aria-label="Keys and help"
        title="Keys and help (?)"
        onClick={page.openKeys}
      >
        ?
      </button>
    </nav>
  );
}

function ThemeButton() {
  usePage((state) => state.theme);
  useMedia("(prefers-color-scheme: dark)");
  const dark = shownTheme() === "dark";
  const label = dark ? "Use the light theme" : "Use the dark theme";
  return <IconButton icon={dark ? Sun : Moon} label={label} size={18} onClick={() => page.toggleTheme()} />;
}

function NarrowButtons({ instead }: InsteadProps) {
  const MainMenu = useAfter()?.MainMenu;
  return (
    <nav className="header-buttons" aria-label="Run and page">
      <IconButton icon={Share} label="Share" size={20} aria-haspopup="dialog" onClick={instead?.share ?? share} />
      {MainMenu === undefined ? <span className="header-menu-place" /> : <MainMenu />}
    </nav>
  );
}
