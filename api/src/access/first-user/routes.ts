import type { Api } from "../../api.ts";
import { object } from "../../contract/object.ts";
import { type Route, route } from "../../contract/route.ts";
import { name, optional, text } from "../../contract/schema.ts";
import { emailAddress, newPassword, session } from "../fields.ts";
import { welcome } from "../session-answer.ts";
import { createFirstUser } from "./create.ts";

const firstUser = object("FirstUser", {
  email_address: emailAddress,
  name: name(60),
  password: newPassword,
  link: optional(text(100)),
});

/** The route that makes the first user. */
export function firstUserRoutes(api: Api): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/api/session/first-user",
      right: "public",
      tag: "session",
      summary: "Make the first user, an admin, and sign in",
      description: "Beyond this machine it takes the link that the program printed at its start.",
      query: {},
      body: firstUser,
      data: session,
      refusals: ["wrong-link", "state", "rule"],
      async handle({ body, context }) {
        return welcome(api, await createFirstUser(api, body, context), "First user made");
      },
    }),
  ];
}
