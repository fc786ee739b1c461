import { fileTypes } from "../../contract/answer.ts";

/** The width and the height of an image, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** What the first bytes of a file say that it is, whatever it is called. */
export function typeOf(bytes: Uint8Array): typeof fileTypes.png | typeof fileTypes.jpeg | null {
  const begins = (with_: readonly number[]) => with_.every((byte, index) => bytes[index] === byte);
  if (begins(png)) return fileTypes.png;
  return begins([0xff, 0xd8, 0xff]) ? fileTypes.jpeg : null;
}

/** The size of a PNG or a JPEG, or null if the file is broken before it says its size, or ends too early. */
export function sizeOf(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return typeOf(bytes) === fileTypes.png ? pngSize(view) : jpegSize(view);
  } catch (error) {
    // The file ends before what it announces.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const [header, pixels, end] = [0x49_48_44_52, 0x49_44_41_54, 0x49_45_4e_44];

/** Chunks of a length, a type, the content and a checksum: the first says the size, and the last is at the end. */
function pngSize(view: DataView): Size | null {
  if (view.getUint32(12) !== header) return null;
  let hasPixels = false;
  for (let at = png.length; ; ) {
    const [length, type] = [view.getUint32(at), view.getUint32(at + 4)];
    const named = new Uint8Array(view.buffer, view.byteOffset + at + 4, length + 4);
    if (Bun.hash.crc32(named) !== view.getUint32(at + 8 + length)) return null;
    hasPixels ||= type === pixels;
    at += 12 + length;
    if (type !== end) continue;
    return hasPixels && at === view.byteLength ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
  }
}

/** Markers that begin a frame, whatever its coding; among them are three that mean something else. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * Segments of a marker, a length and the content, of which one describes the frame; the pixels follow at least one that
 * begins a scan. The mark of the end is the end of the file.
 */
function jpegSize(view: DataView): Size | null {
  let size: Size | null = null;
  let hasPixels = false;
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xd9) return hasPixels && at + 2 === view.byteLength ? size : null;
    if (isFrame(marker)) size ??= { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // A marker may be preceded by any number of these.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
    if (marker !== 0xda) continue;
    at = endOfPixels(view, at);
    hasPixels = true;
  }
  return null;
}

/** Among pixels only 0 and the marks from which a decoder can start again follow 0xff. */
function endOfPixels(view: DataView, begin: number): number {
  const isPixel = (next: number) => next === 0 || (next >= 0xd0 && next <= 0xd7);
  let at = begin;
  while (view.getUint8(at) !== 0xff || isPixel(view.getUint8(at + 1))) at += 1;
  return at;
}
