"use client";
import { createContext, type ReactNode, useContext } from "react";
import { mayIn, type Right, type Session } from "./session.ts";

const SessionContext = createContext<Session | null>(null);

/** Gives who is signed in to every client component inside. */
export function SessionProvider({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession outside SessionProvider");
  return session;
}

/** What the user may do, for a client component. */
export function useMay(): (right: Right) => boolean {
  const session = useSession();
  return (right) => mayIn(session, right);
}
