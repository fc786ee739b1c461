"use client";
import type { ReactNode } from "react";
import { useDeletedPaths } from "../undo/pending-writes.ts";

interface Props {
  /** The row in the API. */
  readonly path: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** A row of a list, hidden as soon as it is deleted, though Undo can still bring it back. */
export function LiveRow({ path, className, children }: Props) {
  return (
    <tr className={className} hidden={useDeletedPaths().has(path)}>
      {children}
    </tr>
  );
}
