"use client";
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from "react";
import { useText } from "../messages/provider.tsx";

// Nobody is told anything before something was done.
const ToastList = lazy(async () => ({ default: (await import("./toast-list.tsx")).ToastList }));

export interface Toast {
  readonly id: number;
  readonly words: string;
  readonly kind: "news" | "fault";
  readonly undo: (() => void) | null;
}

interface Say {
  /** Says what happened; `undo` puts a button beside it for as long as it stands there. */
  news(words: string, undo?: () => void): void;
  /** Says what went wrong; stays until it is closed. */
  fault(words: string): void;
}

const shownMs = 8000;
const SayContext = createContext<Say | null>(null);

/** Where every page says what happened. The live region is always mounted, or screen readers would miss the first words. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const { t } = useText();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const close = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const say = useMemo<Say>(() => {
    const add = (toast: Omit<Toast, "id">) => {
      count.current += 1;
      const id = count.current;
      setToasts((all) => [...all.slice(-2), { ...toast, id }]);
      if (toast.kind === "news") setTimeout(() => close(id), shownMs);
    };
    return {
      news: (words, undo) => add({ words, kind: "news", undo: undo ?? null }),
      fault: (words) => add({ words, kind: "fault", undo: null }),
    };
  }, [close]);
  return (
    <SayContext value={say}>
      {children}
      <section
        aria-label={t("toast.label")}
        className="screen-only pointer-events-none fixed inset-x-0 bottom-16 z-40 flex flex-col items-center gap-2 px-4"
      >
        <div role="status" className="contents">
          <Suspense>{toasts.length > 0 && <ToastList toasts={toasts} close={close} />}</Suspense>
        </div>
      </section>
    </SayContext>
  );
}

/** Says what happened, from any client component. */
export function useSay(): Say {
  const say = useContext(SayContext);
  if (say === null) throw new Error("useSay outside ToastProvider");
  return say;
}
