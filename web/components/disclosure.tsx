"use client";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";

interface Props {
  readonly label: ReactNode;
  readonly name: string;
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A button that opens a small panel below it; Escape, or going elsewhere, closes it. */
export function Disclosure({ label, name, isOpen, onChange, children }: Props) {
  const panelId = useId();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = root.current;
    if (!isOpen || element === null) return;
    element.querySelector<HTMLElement>("[data-focus-first]")?.focus();
    const onAway = ({ type, target, relatedTarget }: { type: string; target?: unknown; relatedTarget?: unknown }) => {
      const to = type === "focusout" ? relatedTarget : target;
      if (to instanceof Node && !element.contains(to)) onChange(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onChange(false);
      element.querySelector("button")?.focus();
    };
    document.addEventListener("pointerdown", onAway);
    element.addEventListener("focusout", onAway);
    element.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onAway);
      element.removeEventListener("focusout", onAway);
      element.removeEventListener("keydown", onKey);
    };
  }, [isOpen, onChange]);
  return (
    <div ref={root} className="relative">
      <Button aria-expanded={isOpen} aria-controls={panelId} onClick={() => onChange(!isOpen)}>
        {label}
      </Button>
      <section
        id={panelId}
        aria-label={name}
        hidden={!isOpen}
        className="absolute right-0 z-30 mt-1 w-72 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-3 shadow-xl max-sm:right-auto max-sm:left-0"
      >
        {isOpen && children}
      </section>
    </div>
  );
}
