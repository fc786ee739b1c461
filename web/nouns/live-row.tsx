"use client";
import type { ReactNode } from "react";
import { useDelayed } from "../delayed/use-delayed.tsx";

interface Props {
  /** The row in the API. */
  readonly path: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** A row of a list, gone as soon as it is deleted, though Undo can still bring it back. */
export function LiveRow({ path, className, children }: Props) {
  const isGoing = useDelayed().some((write) => write.path === path && write.method === "DELETE");
  return (
    <tr className={className} hidden={isGoing}>
      {children}
    </tr>
  );
}
