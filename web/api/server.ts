import { redirect } from "next/navigation";
import { cache } from "react";
import { ask, nameHeaders } from "./ask.ts";
import { loadCompany } from "./company-server.ts";
import type { Reply } from "./reply.ts";
import { askedPage } from "./session/current.ts";
import { signInPath } from "./session/own-path.ts";

/**
 * Reads from the API for a server component, in the name of whoever asks for the page; the same path is asked once per
 * request. What is read is shown in the currency and the time zone of the company, so those are there first. Whoever is
 * no longer signed in is sent to the sign-in page.
 */
export const get = cache(async <T>(path: string): Promise<Reply<T>> => {
  const [reply] = await Promise.all([nameHeaders().then((own) => ask<T>(path, own)), loadCompany()]);
  if (!reply.ok && reply.code === "unauthenticated") redirect(signInPath(await askedPage()));
  return reply;
});
