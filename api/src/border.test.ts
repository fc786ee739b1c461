import { describe, expect, test } from "bun:test";
import { Border } from "./border.ts";

const border = (host: string, hostNames: readonly string[] = []) => new Border({ host, hostNames, origins: [] });

describe("the border admits", () => {
  test("on loopback: this computer's own names and configured ones", () => {
    const own = border("127.0.0.1", ["Orders.example.", "[FD00::7]"]);
    for (const host of ["localhost", "127.0.0.1:1", "[::1]", "orders.example:443", "[fd00::7]:8000"])
      expect([host, own.admits(host)]).toEqual([host, true]);
    for (const host of [
      "",
      ":80",
      "10.0.0.7",
      "0.0.0.0",
      "1127.0.0.1",
      "127.0.0.999",
      "localhost:99999",
      "127.0.0.1.evil.example",
      "a.localhost",
      "[::2]",
    ])
      expect([host, own.admits(host)]).toEqual([host, false]);
  });

  test("beyond loopback: its address, every other plain address, and only configured names", () => {
    for (const host of ["0.0.0.0", "::", "10.0.0.7", "fd00::7"]) {
      const open = border(host, ["orders.example"]);
      for (const name of ["10.0.0.7:8000", "172.17.0.2", "[fd00::7]:8000", "localhost:8000", "orders.example"])
        expect([host, name, open.admits(name)]).toEqual([host, name, true]);
      for (const name of ["evil.example", "orders.example.evil.example", "10.0.0.7.evil.example"])
        expect([host, name, open.admits(name)]).toEqual([host, name, false]);
    }
    expect(border("orders.lan").admits("orders.lan:8000")).toBe(true);
  });

  test("nothing more after it has admitted a name", () => {
    const own = border("127.0.0.1");
    expect(["localhost", "evil.example", "localhost"].map((host) => own.admits(host))).toEqual([true, false, true]);
  });
});
