import type { ReactNode } from "react";

interface Props {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly className?: string;
  /** Where links lead to it. */
  readonly id?: string;
  readonly children: ReactNode;
}

/** A surface with a heading of its own. */
export function Card({ title, actions, className = "", id, children }: Props) {
  return (
    <section id={id} className={`min-w-0 rounded-xl border border-line bg-surface ${className}`}>
      {title !== undefined && (
        <div className="flex items-center justify-between gap-3 border-line border-b px-4 py-2.5">
          <h2 className="font-semibold tracking-tight">{title}</h2>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}

/** Shown in place of an empty list, with what to do about it. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && <div className="text-muted">{children}</div>}
    </div>
  );
}
