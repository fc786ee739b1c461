import { textOr } from "../load/json.ts";
import type { Secrets } from "./odd-headers.ts";
import { addPerson, must, type Person, signIn } from "./people.ts";

/** Makes the users of a fuzz run: one who is signed in, and all the ways in which one no longer is. */
export async function prepare(url: string): Promise<Secrets> {
  const admin = await addPerson(url, "admin", "ana");
  const session = await signIn(url, admin.emailAddress);
  await must(url, "DELETE", "/api/session", { session });
  const gone = await addPerson(url, "manager", "gone", admin);
  await must(url, "PUT", `/api/users/${gone.id}`, { session: admin.session, body: { disabled: true } });
  const off = await token(url, admin, { name: "off" });
  await must(url, "PUT", `/api/tokens/${off.id}`, { session: admin.session, body: { disabled: true } });
  const old = await token(url, admin, { name: "old", expires_at: "2020-01-01T00:00:00" });
  const elsewhere = await token(url, admin, { name: "elsewhere", networks: ["192.0.2.0/24"] });
  return {
    ...{ session: admin.session, token: admin.token, elsewhere: elsewhere.secret },
    ended: [session, gone.session],
    revoked: [off.secret, old.secret, gone.token],
  };
}

async function token(url: string, { session }: Person, body: object) {
  const { data } = await must(url, "POST", "/api/tokens", { session, body });
  return { id: String(data.get("id")), secret: textOr(data.get("token"), "") };
}
