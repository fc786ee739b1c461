import { headers } from "next/headers";
import { cache } from "react";
import { apiUrl, ask, nameHeaders } from "../ask.ts";
import { readReply } from "../reply.ts";
import { openness } from "./openness.ts";
import { isPublic } from "./own-path.ts";
import { mayIn, type Right, type Session } from "./session.ts";
import { openSession, unknownSession } from "./without-user.ts";

/** So long it is taken as known that nobody has to sign in; after that it is read again, while the page goes on. */
const freshMs = 1000;
const timeoutMs = 2000;

/** Who asks for this page. */
export const currentSession = cache(async (): Promise<Session> => {
  const known = openness();
  if (known.isOpen) {
    if (performance.now() - known.readAt > freshMs && !known.reading) void readOpenness();
    return openSession;
  }
  const reply = await ask<Session>("/api/session", await nameHeaders());
  if (!reply.ok) return unknownSession;
  if (reply.data.state === "open") Object.assign(known, { isOpen: true, readAt: performance.now() });
  return reply.data;
});

/** Whether whoever asks for this page has a right. */
export async function may(right: Right): Promise<boolean> {
  return mayIn(await currentSession(), right);
}

/** The address of the page that is asked for. */
export async function askedPage(): Promise<string> {
  // The front writes it; what a browser sends in this header is thrown away.
  return (await headers()).get("x-northwind-path") ?? "/";
}

/** The page that is asked for, if it is one that needs a user and nobody is signed in; else null. */
export async function pageBehindSignIn(): Promise<string | null> {
  const path = await askedPage();
  return (await currentSession()).state === "signed-out" && !isPublic(path) ? path : null;
}

/** Without a cookie: what it answers holds for everybody. */
async function readOpenness(): Promise<void> {
  const known = openness();
  known.reading = true;
  try {
    const init = { cache: "no-store", signal: AbortSignal.timeout(timeoutMs) } as const;
    const reply = await readReply<Session>(await fetch(`${apiUrl()}/api/session`, init));
    if (reply.ok) known.isOpen = reply.data.state === "open";
  } catch {
    // Refused, cut or too late: the page reports it where it reads its data.
  } finally {
    known.readAt = performance.now();
    known.reading = false;
  }
}
