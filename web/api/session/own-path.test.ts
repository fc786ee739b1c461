import { expect, test } from "bun:test";
import { sessionCookies } from "./cookie.ts";
import { ownPath, signInPath } from "./own-path.ts";

test("a page of these pages is led to after signing in", () => {
  for (const path of ["/", "/orders/7", "/orders?status_id=0&q=a+b"]) expect(ownPath(path)).toBe(path);
  expect(ownPath("/orders?_rsc=abc&sort=id")).toBe("/orders?sort=id");
  expect(signInPath("/orders?q=a&sort=id")).toBe("/sign-in?to=%2Forders%3Fq%3Da%26sort%3Did");
  expect(signInPath("/")).toBe("/sign-in");
});

test("no other site is, nor the sign-in page itself", () => {
  const others = ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/.//evil.example"];
  for (const path of [...others, "javascript:alert(1)", "", null, ["/orders"], "/sign-in?to=/orders", "/password"])
    expect([path, ownPath(path)]).toEqual([path, "/"]);
});

test("only the cookies of a session are for the API", () => {
  expect(sessionCookies("theme=dark; northwind=abc; locale=es; __Host-northwind=d-_f")).toBe(
    "northwind=abc; __Host-northwind=d-_f",
  );
  const signOn = "northwind-sign-on=abc; __Host-northwind-sign-on=def";
  expect(sessionCookies(`${signOn}; locale=es`)).toBe(signOn);
  for (const header of [null, undefined, "", "theme=dark", "northwinds=abc"]) expect(sessionCookies(header)).toBeNull();
});
