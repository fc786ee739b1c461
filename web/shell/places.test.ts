import { expect, test } from "bun:test";
import { openSession } from "../api/session/without-user.ts";
import { placesFor } from "./places.ts";

test("no two places have the same keys, and none has the name of another", () => {
  const user = { id: 1, name: "Ana", email_address: "ana@example.com" };
  const places = placesFor({ ...openSession, user });
  for (const part of ["id", "href", "keys"] as const) {
    const values = places.map((place) => place[part]);
    expect(values).toEqual([...new Set(values)]);
  }
  expect(places.length).toBeGreaterThan(15);
});
