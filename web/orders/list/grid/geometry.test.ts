import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  type Extent,
  isStuck,
  maxSpacer,
  type Place,
  rowsPerView,
  scrolled,
  settled,
  showing,
  spacerHeight,
  start,
  startingAt,
  windowOf,
} from "./geometry.ts";

const million: Extent = { rows: 1_000_000, rowHeight: 40, viewHeight: 700 };
const few: Extent = { rows: 500, rowHeight: 32, viewHeight: 700 };
const extents = fc.record({
  rows: fc.integer({ min: 1, max: 5_000_000 }),
  rowHeight: fc.constantFrom(32, 40, 72),
  viewHeight: fc.integer({ min: 100, max: 1400 }),
});

function lastScroll(extent: Extent): number {
  return Math.max(0, spacerHeight(extent) - extent.viewHeight);
}

/** The position of a row's upper edge in the window. */
function edgeOf(row: number, place: Place, extent: Extent): number {
  const { first, offset } = windowOf(place, extent);
  return offset + (row - first) * extent.rowHeight - place.scrollTop;
}

describe("geometry of the list", () => {
  test("a short list is as high as its rows, a long one stays below what a browser can show", () => {
    expect(spacerHeight(few)).toBe(16_000);
    expect(spacerHeight(million)).toBe(maxSpacer);
  });

  test("a small scroll moves rows pixel by pixel, a jump in proportion", () => {
    const half = scrolled(start, lastScroll(million) / 2, million);
    expect(windowOf(half, million).first).toBeCloseTo(499_983, -2);
    const further = scrolled(half, half.scrollTop + 120, million);
    expect(further.top - half.top).toBe(120);
  });

  test("the first and the last row are reached from anywhere", () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const middle = scrolled(start, lastScroll(extent) * part, extent);
        expect(windowOf(showing(0, middle, extent), extent).first).toBe(0);
        const end = showing(extent.rows - 1, middle, extent);
        expect(windowOf(end, extent).end).toBe(extent.rows);
        expect(end.scrollTop).toBeLessThanOrEqual(lastScroll(extent) + 0.01);
      }),
    );
  });

  test("a row that is shown is completely in the window", () => {
    fc.assert(
      fc.property(extents, fc.nat(), fc.nat(), (extent, from, to) => {
        const place = showing(to % extent.rows, startingAt(from % extent.rows, extent), extent);
        const edge = edgeOf(to % extent.rows, place, extent);
        expect(edge).toBeGreaterThanOrEqual(-1);
        if (extent.viewHeight >= extent.rowHeight)
          expect(edge + extent.rowHeight).toBeLessThanOrEqual(extent.viewHeight + 1);
      }),
    );
  });

  test("settling moves the scroll bar, never the rows", () => {
    fc.assert(
      fc.property(extents, fc.array(fc.integer({ min: -900, max: 900 })), (extent, moves) => {
        let place = startingAt(Math.floor(extent.rows / 2), extent);
        for (const by of moves)
          place = scrolled(place, Math.min(Math.max(0, place.scrollTop + by), lastScroll(extent)), extent);
        const rest = settled(place, extent);
        const { first } = windowOf(place, extent);
        expect(windowOf(rest, extent).first).toBe(first);
        expect(edgeOf(first, rest, extent)).toBeCloseTo(edgeOf(first, place, extent), -1);
      }),
    );
  });

  test("a scroll bar at its end with rows left is stuck until it is settled", () => {
    const place = { scrollTop: 0, top: 3000 };
    expect(isStuck(place, million)).toBe(true);
    expect(isStuck(settled(place, million), million)).toBe(false);
    expect(isStuck(start, million)).toBe(false);
  });

  test("never more than 50 rows are in the document, and all that are seen", () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const place = scrolled(start, lastScroll(extent) * part, extent);
        const { first, end } = windowOf(place, extent);
        expect(end - first).toBeLessThanOrEqual(50);
        expect(edgeOf(first, place, extent)).toBeLessThanOrEqual(0.5);
        const shownTo = edgeOf(end, place, extent);
        expect(shownTo).toBeGreaterThanOrEqual(Math.min(extent.viewHeight, extent.rows * extent.rowHeight) - 1);
      }),
    );
  });

  test("a page is what is seen but one row", () => {
    expect(rowsPerView(million)).toBe(16);
  });
});
