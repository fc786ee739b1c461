import { expect, test } from "bun:test";
import { clientAddress } from "./client-address.ts";

test.each([
  ["nobody is trusted", "203.0.113.9", "198.51.100.1", [], "203.0.113.9"],
  ["a stranger's header", "203.0.113.9", "198.51.100.1", ["10.0.0.0/8"], "203.0.113.9"],
  ["one proxy", "10.0.0.7", "198.51.100.1", ["10.0.0.7"], "198.51.100.1"],
  ["what a client made up before the proxy", "10.0.0.7", "1.1.1.1, 198.51.100.1", ["10.0.0.7"], "198.51.100.1"],
  ["a chain of proxies", "127.0.0.1", "198.51.100.1, 10.0.0.7", ["127.0.0.1", "10.0.0.0/8"], "198.51.100.1"],
  ["an IPv4 address in an IPv6 one", "::ffff:10.0.0.7", "198.51.100.1", ["10.0.0.7"], "198.51.100.1"],
  ["no header", "10.0.0.7", null, ["10.0.0.7"], "10.0.0.7"],
  ["no address in the header", "10.0.0.7", "unknown", ["10.0.0.7"], "10.0.0.7"],
  ["only proxies", "10.0.0.7", "10.0.0.8", ["10.0.0.0/8"], "10.0.0.8"],
])("%s", (_name, peer, header, trusted, expected) => {
  expect(clientAddress(peer, header, trusted)).toBe(expected);
});
