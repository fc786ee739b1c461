"use client";
import { type ReactNode, useId } from "react";

/** What a control needs so that its label, hint and issue belong to it. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-invalid"?: true;
  readonly "aria-describedby"?: string;
}

interface Props {
  /** Where the control has to be found from elsewhere; else it gets an id of its own. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value: shown at the field and read with it. */
  readonly issue?: string | undefined;
  /** What is allowed but rarely meant: shown like an issue, and nothing is refused. */
  readonly warning?: string | undefined;
  readonly required?: boolean;
  readonly className?: string;
  readonly children: (control: FieldControl) => ReactNode;
}

/** A labelled control with its hint and its issue. */
export function Field({ id: given, label, hint, issue, warning, required = false, className = "", children }: Props) {
  const own = useId();
  const id = given ?? own;
  const described = [
    hint === undefined ? null : `${id}-hint`,
    warning === undefined ? null : `${id}-warning`,
    issue === undefined ? null : `${id}-issue`,
  ];
  const describedBy = described.filter((part) => part !== null).join(" ");
  return (
    <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="font-medium text-muted text-xs">
        {label}
        {required && <span aria-hidden> *</span>}
      </label>
      {children({
        id,
        ...(issue === undefined ? {} : { "aria-invalid": true as const }),
        ...(describedBy === "" ? {} : { "aria-describedby": describedBy }),
      })}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
      {warning !== undefined && (
        <p id={`${id}-warning`} className="text-warn text-xs">
          {warning}
        </p>
      )}
      {issue !== undefined && (
        <p id={`${id}-issue`} className="text-bad text-xs">
          {issue}
        </p>
      )}
    </div>
  );
}

/** How every control to type into looks. */
export const controlLook =
  "h-8 w-full min-w-0 rounded-md border border-line-strong/60 bg-surface px-2.5 text-ink placeholder:text-muted hover:border-line-strong aria-invalid:border-bad disabled:opacity-60 [&[readonly]]:bg-canvas";
