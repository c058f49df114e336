import type { ReactElement, ReactNode } from "react";
import "./form.css";

interface FormProps {
  /** What its button says. */
  readonly verb: string;
  /** Why it cannot be done as it stands; empty: nothing speaks against it. */
  readonly problem?: string;
  readonly disabled?: boolean;
  /** It is not what its dialog is for: the button is a plain one. */
  readonly plain?: boolean;
  /** Fields are not held to their ranges by the browser: `problem` says what is wrong. */
  readonly unchecked?: boolean;
  /** Before the button, on its line. */
  readonly beside?: ReactNode;
  readonly children: ReactNode;
  onSubmit(): void;
}

/** Rows of fields, then what is wrong with them and the button that does it. */
export function Form({
  verb,
  problem = "",
  disabled,
  plain,
  unchecked,
  beside,
  children,
  onSubmit,
}: FormProps): ReactElement {
  return (
    <form
      noValidate={unchecked}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {problem !== "" && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="form-buttons">
        {beside}
        <button type="submit" className={plain ? "ui-button" : "ui-button ui-dark"} disabled={disabled}>
          {verb}
        </button>
      </div>
    </form>
  );
}

interface RowProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** What is set, and what sets it; `unit` stands behind that. Its fields carry labels of their own. */
export function FormRow({ title, unit, children }: RowProps & { readonly unit?: ReactNode }): ReactElement {
  return (
    <div className="form-row">
      <span>{title}</span>
      {unit === undefined ? children : <WithUnit unit={unit}>{children}</WithUnit>}
    </div>
  );
}

/** A row of one field, whose label its title is. */
export function LabelRow({ title, children }: RowProps): ReactElement {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is its child
    <label className="form-row">
      <span>{title}</span>
      {children}
    </label>
  );
}

export function WithUnit({ unit, children }: { readonly unit: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <span className="form-inputs">
      {children}
      <span className="form-unit">{unit}</span>
    </span>
  );
}
