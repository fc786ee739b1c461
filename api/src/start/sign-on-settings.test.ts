import { expect, test } from "bun:test";
import { parseConfig } from "./config.ts";
import type { Config } from "./settings.ts";

function config(args: string[], environment: Record<string, string> = {}): Config {
  const request = parseConfig(args, environment);
  if (request.kind !== "run") throw new Error(JSON.stringify(request));
  return request.config;
}

function errors(args: string[], environment: Record<string, string> = {}): readonly string[] {
  const request = parseConfig(args, environment);
  return request.kind === "errors" ? request.errors : [];
}

const publicUrl = ["--public-url", "https://orders.example"];
const issuer = ["--oidc-issuer", "https://login.example/realms/trade"];

test("single sign-on is set up with its secret from the environment", () => {
  const given = config([...publicUrl, ...issuer, "--oidc-client-id", "orders", "--oidc-name", "Work account"], {
    OIDC_CLIENT_SECRET: "hush",
    OIDC_ROLES_CLAIM: "realm_access.roles",
  });
  expect(given.oidcIssuer?.href).toBe("https://login.example/realms/trade");
  expect(given).toMatchObject({
    ...{ oidcClientId: "orders", oidcClientSecret: "hush", oidcName: "Work account" },
    oidcRolesClaim: "realm_access.roles",
  });
  expect(errors(["--oidc-client-secret", "hush"])).toHaveLength(1);
});

test("a provider is asked over https, or on this machine", () => {
  const known = [...publicUrl, "--oidc-client-id", "orders"];
  expect(config([...known, "--oidc-issuer", "http://127.0.0.1:4000"]).oidcIssuer?.port).toBe("4000");
  for (const wrong of ["http://login.example", "login.example", "https://u:p@login.example", "https://login.example?x"])
    expect(errors([...known, "--oidc-issuer", wrong])).toEqual([
      "--oidc-issuer: must be the address of a provider over https, like https://login.example.",
    ]);
});

test("half a single sign-on is refused with what is missing", () => {
  expect(errors(issuer)).toEqual([
    "--oidc-issuer https://login.example/realms/trade: name this program at the provider with --oidc-client-id.",
    "--oidc-issuer https://login.example/realms/trade: say with --public-url where the provider leads browsers back to, " +
      "like https://orders.example, or http://localhost:3000 on this machine.",
  ]);
  const without = "with which provider nobody knows; name it with --oidc-issuer, or leave this out.";
  expect(
    errors(["--oidc-client-id", "orders", "--oidc-roles-claim", "groups"], { OIDC_CLIENT_SECRET: "hush" }),
  ).toEqual([
    `--oidc-client-id orders: ${without}`,
    `--oidc-roles-claim groups: ${without}`,
    `OIDC_CLIENT_SECRET: ${without}`,
  ]);
  expect(errors(["--oidc-name", " "])).toEqual(["--oidc-name: must have 1 to 40 characters."]);
});

test("mail has a server, a sender and an address for its links", () => {
  const given = config([...publicUrl, "--mail-from", "orders@example.com"], {
    SMTP_URL: "smtps://u:p%40w@mail.example",
  });
  expect([given.smtpUrl?.hostname, given.mailFrom]).toEqual(["mail.example", "orders@example.com"]);
  expect(errors(["--smtp-url", "smtp://localhost:2525"])).toEqual([
    "--smtp-url: say with --mail-from who sends the mails, like orders@example.com.",
    "--smtp-url: say with --public-url where the links in the mails lead to, like https://orders.example.",
  ]);
  expect(errors(["--mail-from", "orders@example.com"])).toEqual([
    "--mail-from orders@example.com: no mail is sent without a mail server; name it with --smtp-url.",
  ]);
  expect(errors([...publicUrl, "--smtp-url", "smtp://localhost", "--mail-from", "Orders"])).toEqual([
    '--mail-from: "Orders" is not an e-mail address, like orders@example.com.',
  ]);
  for (const wrong of ["https://u:hunter2@mail.example", "smtp://u:hunter2@mail.example/inbox", "hunter2"]) {
    const said = errors(["--smtp-url", wrong]).join();
    expect(said).toContain(
      "--smtp-url: must look like smtp://HOST:PORT or smtps://USER:PASSWORD@HOST, without a path.",
    );
    expect(said).not.toContain("hunter2");
  }
});

test("--help names the options and where the secret comes from", () => {
  const request = parseConfig(["--help"], {});
  for (const words of ["--oidc-issuer URL", "OIDC_CLIENT_SECRET", "--smtp-url URL", "--mail-from ADDRESS"])
    expect(request.kind === "help" ? request.text : "").toContain(words);
});
