import type { Api } from "../../api.ts";
import { ApiError, ok } from "../../contract/answer.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { nullable, text } from "../../contract/schema.ts";
import { nobody } from "../../rights/principal.ts";
import { takeSignIn } from "../limits/slow-down.ts";
import { resetMail } from "./mail.ts";

const forgotten = object("ForgottenPassword", { email_address: text(254) });

/** The route of whoever has forgotten a password. */
export function passwordResetRoutes({ database, mailer }: Api): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/api/session/password-reset",
      right: "public",
      tag: "session",
      summary: "Get a mail with a link to choose another password",
      description:
        "The answer is the same, after the same time, whether there is such a user or not. Only with a mail server: see " +
        "`sign_in.mail` of the session. After several requests the next ones get 429.",
      query: {},
      body: forgotten,
      data: nullable(forgotten),
      refusals: ["not-found", "slow-down"],
      async handle({ body, context }) {
        if (mailer === null)
          throw new ApiError("not-found", "No mail is sent from here: ask an admin for a link to choose a password.");
        const emailAddress = body.email_address.trim().toLowerCase();
        const { address, browser } = context.origin();
        // Counted apart from failed sign-ins, which they must not slow down.
        const attempt = { emailAddress: `reset ${emailAddress}`, address: `reset ${address ?? "unknown"}` };
        await takeSignIn(database, attempt);
        const { requestId, clientRequestId } = context;
        const doer = { principal: nobody, requestId, clientRequestId, origin: () => ({ address, browser }) };
        mailer.later(() => resetMail(database, mailer, emailAddress, doer));
        return ok("If there is such a user, a mail is on its way", null);
      },
    }),
  ];
}
