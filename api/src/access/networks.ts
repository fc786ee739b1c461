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
