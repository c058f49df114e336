import type { ReactElement } from "react";
import type { RunInfo } from "../../worker/protocol/run.ts";
import "./run-options.css";

/** In what the run differs from its profile, and what that gives up; nothing where it does not. */
export function RunOptions({ info: { differs, givesUp } }: { readonly info: RunInfo }): ReactElement | null {
  if (differs.length === 0) return null;
  return (
    <section className="run-options-part">
      <h3 className="ui-heading">Options of this run</h3>
      {givesUp.map((text) => (
        <p key={text} className="run-gives-up">
          {text}
        </p>
      ))}
      <table className="run-options">
        <thead>
          <tr>
            <th scope="col">option</th>
            <th scope="col">here</th>
            <th scope="col">in its profile</th>
          </tr>
        </thead>
        <tbody>
          {differs.map(({ title, here, run }) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{here}</td>
              <td>{run}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
