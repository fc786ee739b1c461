// For tests: an authenticator in software, which signs whatever it is told to (WebAuthn, 6 and 7).
import { createHash, generateKeyPairSync, sign } from "node:crypto";

const flag = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

/** What a browser and an authenticator say when they answer, as far as a test makes it differ. */
interface Told {
  readonly origin: string;
  readonly name?: string;
  readonly challenge?: string;
  /** Whether the user gave a finger or a PIN. Default: true. */
  readonly isVerified?: boolean;
  readonly count?: number;
  readonly userHandle?: string;
}

interface Options {
  readonly challenge: string;
  readonly name: string;
  readonly userHandle: string;
}

/** The members that the authenticator needs of what the server answered. */
export function optionsIn(data: unknown): Options {
  const { challenge, rp, rpId, user } = Object(Object(data).options);
  return { challenge, name: String(rpId ?? Object(rp).id), userHandle: String(Object(user).id ?? "") };
}

export class Authenticator {
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  readonly #id = crypto.getRandomValues(Buffer.alloc(32));
  #userHandle = "";
  #count = 0;

  /** The answer to `navigator.credentials.create`. */
  create(options: Options, told: Told) {
    this.#userHandle = options.userHandle;
    const clientDataJSON = clientData("webauthn.create", options, told);
    const length = Buffer.from([0, this.#id.length]);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.#id, this.#publicKey()]);
    const authData = Buffer.concat([this.#head(options, told, flag.attested), attested]);
    const attestationObject = Buffer.concat([
      ...[Buffer.from([0xa3]), cborText("fmt"), cborText("none"), cborText("attStmt"), Buffer.from([0xa0])],
      ...[cborText("authData"), cborBytes(authData)],
    ]);
    const response = { clientDataJSON, attestationObject: attestationObject.toString("base64url") };
    return this.#credential({ ...response, transports: ["internal", "hybrid"] });
  }

  /** The answer to `navigator.credentials.get`. */
  get(options: Options, told: Told) {
    this.#count += 1;
    const clientDataJSON = clientData("webauthn.get", options, told);
    const data = this.#head(options, told, 0);
    const hash = createHash("sha256").update(Buffer.from(clientDataJSON, "base64url")).digest();
    const signature = sign("sha256", Buffer.concat([data, hash]), this.#keys.privateKey).toString("base64url");
    const userHandle = told.userHandle ?? this.#userHandle;
    return this.#credential({ clientDataJSON, authenticatorData: data.toString("base64url"), signature, userHandle });
  }

  #credential<T extends object>(response: T) {
    const id = this.#id.toString("base64url");
    // What browsers add, and what this one may add one day.
    const added = { authenticatorAttachment: "platform", clientExtensionResults: {} };
    return { id, rawId: id, type: "public-key", ...added, response: { ...response, another: 1 } };
  }

  #head(options: Options, { name = options.name, isVerified = true, count = this.#count }: Told, more: number): Buffer {
    const flags = flag.present | (isVerified ? flag.verified : 0) | more;
    const number = Buffer.alloc(4);
    number.writeUInt32BE(count);
    return Buffer.concat([createHash("sha256").update(name).digest(), Buffer.from([flags]), number]);
  }

  /** In COSE: elliptic curve, ES256, P-256, and the two coordinates. */
  #publicKey(): Buffer {
    const { x = "", y = "" } = this.#keys.publicKey.export({ format: "jwk" });
    const coordinates = [x, y].map((one) => cborBytes(Buffer.from(one, "base64url")));
    const [bytesOfX = Buffer.alloc(0), bytesOfY = Buffer.alloc(0)] = coordinates;
    const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
    return Buffer.concat([head, Buffer.from([0x21]), bytesOfX, Buffer.from([0x22]), bytesOfY]);
  }
}

function clientData(type: string, options: Options, { origin, challenge = options.challenge }: Told): string {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString("base64url");
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
}

/** Up to 65,535 bytes. */
function cborBytes(bytes: Buffer): Buffer {
  const head = Buffer.from([0x59, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([bytes.length < 256 ? Buffer.from([0x58, bytes.length]) : head, bytes]);
}
