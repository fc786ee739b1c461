import { BlockList, isIP } from "node:net";

const network = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i;

/** Whether text is an address or a network, like 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32. */
export function isNetwork(text: string): boolean {
  const [, address = "", bits] = network.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && (bits === undefined || Number(bits) <= (family === 4 ? 32 : 128));
}

/** Whether an address belongs to one of these networks. An IPv4 address may come as an IPv6 one. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const text of networks) {
    const [, base = "", bits] = network.exec(text) ?? [];
    const family = isIP(base) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(base, bits === undefined ? (family === "ipv4" ? 32 : 128) : Number(bits), family);
  }
  if (isIP(address) === 0) return false;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  return list.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
}

/** An IPv4 address, or the network of an IPv6 one: whoever has one of its addresses has them all (RFC 6177). */
export function networkOf(address: string | null): string {
  if (address === null || isIP(address) === 0) return "unknown";
  const v4 = /^(?:::ffff:)?(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  const [head = "", tail = ""] = address.toLowerCase().split("::");
  const [first = [], last = []] = [head, tail].map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => "0");
  return `${[...first, ...zeros, ...last].slice(0, 4).join(":")}::/64`;
}
