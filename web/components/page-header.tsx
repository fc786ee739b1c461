import type { ReactNode } from "react";

interface Props {
  readonly title: ReactNode;
  /** One line below the title. */
  readonly about?: ReactNode;
  /** What can be done here. */
  readonly actions?: ReactNode;
}

/** The head of every page. */
export function PageHeader({ title, about, actions }: Props) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="flex flex-wrap items-center gap-3 font-semibold text-2xl tracking-tight">{title}</h1>
        {about !== undefined && <p className="mt-1 text-muted">{about}</p>}
      </div>
      {actions !== undefined && <div className="screen-only flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
