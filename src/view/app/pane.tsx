import { RotateCw } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Late } from "../kit/lazy.tsx";
import "./pane.css";

interface Props {
  readonly name: string;
  readonly children: ReactNode;
}

/** Holds one part of the page. If it fails, the rest lives, and the part can be loaded again by itself. */
export class Pane extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { name, children } = this.props;
    if (this.state.error !== null) {
      return <Broken name={name} error={this.state.error} onReload={() => this.setState({ error: null })} />;
    }
    return <Late fallback={<PaneWait name={name} />}>{children}</Late>;
  }
}

export const PaneWait = ({ name }: { readonly name: string }) => <p className="pane-wait">Loading {name} …</p>;

function Broken({ name, error, onReload }: { name: string; error: Error; onReload(): void }) {
  return (
    <div className="pane-broken" role="alert">
      <p>
        <strong>The {name} cannot be drawn.</strong> The run itself goes on.
      </p>
      <p className="pane-detail">{error.message}</p>
      <button type="button" className="ui-button" onClick={onReload}>
        <RotateCw size={15} strokeWidth={1.8} aria-hidden="true" />
        Reload this pane
      </button>
    </div>
  );
}
