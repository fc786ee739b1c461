import { readReply } from "../reply.ts";
import { ask } from "./question.ts";
import type { Session } from "./session.ts";

/** So much time a download has to begin. */
const marginMs = 10_000;

/**
 * Before a download that asks for a proof: a browser that downloads can ask nothing. False when the user declined. Asked
 * of the server, because other windows may have proved it meanwhile; and by its clock, for that of this machine may be
 * wrong.
 */
export async function provedForDownload(): Promise<boolean> {
  try {
    const answer = await fetch("/api/session", { cache: "no-store" });
    const now = Date.parse(answer.headers.get("date") ?? "") || Date.now();
    const reply = await readReply<Session>(answer);
    if (!reply.ok || reply.data.state === "open" || reply.data.state === "anonymous") return true;
    if (reply.data.state === "signed-out") return ask("sign-in");
    const until = reply.data.proved_until;
    return until !== null && Date.parse(`${until}Z`) > now + marginMs ? true : ask("proof");
  } catch {
    // Without the server the download itself says what is wrong.
    return true;
  }
}
