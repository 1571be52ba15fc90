// What the page is made of. The data is written by `geo/draw/payload.py`; `prepare` turns its numbers into what drawing needs.

import type { PointFeature } from "supercluster";
import type { State } from "./hash.js";
import type { Query } from "./query.js";

/** West, north, east, south in Mercator units: 0 to 1 over the world. */
export type Box = [number, number, number, number];
/** West, south, east, north in degrees; east passes 180 where a map crosses the date line. */
export type Degrees = [number, number, number, number];
export type Pen = CanvasRenderingContext2D;
export type Colours = Record<string, string>;

/** What stands in an element: nothing is what a condition leaves away. */
export type Child = Node | string | null | undefined;
/** A method and no function type: a listener may ask for the event that its name stands for. */
interface Listening {
  heard(event: Event): unknown;
}
/** Attributes and listeners of an element. */
export interface Properties {
  onclick?: (event: MouseEvent) => unknown;
  onkeydown?: (event: KeyboardEvent) => unknown;
  [name: string]: string | number | boolean | null | undefined | Listening["heard"];
}

/** A ring or line: x, y pairs in Mercator units, and which of its edges were made by cutting and are never stroked. */
export interface Line {
  points: Float64Array;
  silent: Uint8Array;
  box: Box;
}

/** The places of all records, a row a record; `middle` is the longitude that the index of the map turns to 0. */
export interface Spots {
  x: Float64Array;
  y: Float64Array;
  metres: Float64Array;
  records: Row[];
  middle: number;
}

export interface Spot extends PointFeature<Marked> {
  columns: Spots;
  row: number;
  longitude: number;
  latitude: number;
  metres: number;
  x: number;
  y: number;
}

export type Piece = [text: string, kind: string];
export interface Quote {
  pieces: Piece[];
  source: number;
}
export interface Told {
  sources: number[];
  independent: number;
  joined: string[];
  before: [what: string, value: string, published: string, source: number][];
  apart: string[];
}

export interface Span {
  first: number;
  last: number;
  coarse: boolean;
}

/** A record as the list, the map and the filters know it; what its panel says comes when it is needed. */
export interface Row {
  id: string;
  number: number;
  type: "incident" | "deployment" | "place" | "row";
  section: "incident" | "deployment" | "row" | "unplaced" | "place" | "apart";
  glyph: string;
  mode: string;
  title: string;
  when: string;
  where: string;
  badge: string;
  tags: string[];
  dates: [string | null, string | null, number | null];
  facets: Record<string, string[]>;
  span: Span | null;
  mark: Spot | null;
  shape: Line[] | null;
  area: number | null;
  facts?: Said["facts"];
  evidence?: Said["evidence"];
  told?: Said["told"];
  related?: Said["related"];
  /** What words are looked for in, once somebody looks for one. */
  text?: string;
}

/** What the panel of a record says. */
export interface Said {
  facts: [heading: string, lines: string[]][];
  evidence: Quote[];
  told: Told | null;
  related: [kind: string, id: string][];
}
/** A record's line in the page's blocks of panels. */
export type Saying = [facts: Said["facts"], evidence: Said["evidence"], told: Said["told"], related: Said["related"]];

/** A record with a place of its own. */
export type Marked = Row & { mark: Spot };

/** A mark in one view, in pixels of the world: (x, y) is where it is drawn, (atX, atY) where it is; they differ in a fan. */
export interface Mark {
  record: Marked;
  x: number;
  y: number;
  atX: number;
  atY: number;
  /** Its uncertainty in pixels. */
  radius: number;
  solid: boolean;
  /** Whether it stands above everything else, because somebody opened its stack. */
  raised: boolean;
}

/** Records counted together in one view, in pixels of the world. */
export interface Stack {
  x: number;
  y: number;
  zoom: number;
  id: number;
  count: number;
}

export interface Area {
  name: string;
  label: [longitude: number, latitude: number];
  rings: Line[];
  lines: Line[];
  box: Box;
  records: Row[];
}

export interface Zone {
  kind: string;
  name: string;
  basis: string;
  rings: Line[];
  lines: Line[];
}

export interface Source {
  title: string;
  publisher: string;
  published: string;
  url: string;
  archived: string;
  notes: string[];
}

/** Everything that the page shows. */
export interface Data {
  title: string;
  under: string;
  review: string;
  empty: string;
  left_off: string;
  as_of: string | null;
  language: string;
  words: Record<string, string>;
  held_back: [count: number, hours: number];
  coarsened: [count: number, km: number];
  fit: Degrees;
  window: Degrees;
  scale: number;
  ground_scale: number;
  base: { land: Line[]; borders: Line[]; labels: [name: string, size: number, water: number, spots: [number, number][]][] };
  zones: Zone[];
  areas: Area[];
  records: Row[];
  part: number;
  legend: [glyph: string, text: string][];
  unplaced: [name: string, reason: string][];
  sources: Source[];
  texts: Piece[][];
  attribution: string;
  disclaimer: string;
  notices: string;
  tiles: { url: string; note: string; credit: string } | null;
}

/** A line as it is written: steps of longitude and latitude in whole numbers, the first from 0, 0. */
export type Deltas = number[];
/** A column of values, plainly or as the few that there are and which of them each record has. */
export type Column<Value> = Value[] | { of: Value[]; at: number[] };
/** Records in columns. */
export type Columns<Record> = { [Name in keyof Record]: Column<Record[Name]> };
/** A record as it is written; the rest is made of it when the page opens. */
export type WrittenRow = Omit<Row, "number" | "span" | "mark" | "shape" | "text" | "point"> & {
  mark: [longitude: number, latitude: number, metres: number] | null;
  shape: Deltas[] | null;
};
export type WrittenZone = Omit<Zone, "rings" | "lines"> & { rings: Deltas[]; lines?: Deltas[] };
export type WrittenArea = Omit<Area, "rings" | "lines" | "box" | "records"> & { rings: Deltas[]; lines?: Deltas[] };
/** The data as it is written: what `prepare` makes `Data` of. */
export type Payload = Omit<Data, "base" | "zones" | "areas" | "records"> & {
  base: { land: Deltas[]; borders: Deltas[]; labels: Data["base"]["labels"] };
  zones: WrittenZone[];
  areas: WrittenArea[];
  records: WrittenRow[] | Columns<WrittenRow>;
};

/** What a canvas shows: the world's size and the view's corner in pixels, and the view's sides in Mercator units. */
export interface View {
  size: number;
  left: number;
  top: number;
  width: number;
  height: number;
  west: number;
  north: number;
  east: number;
  south: number;
}

/** What the reader has switched on. */
export type Shown = Record<"zones" | "seas" | "names" | "grid" | "places", boolean>;

export interface Place {
  latitude: number;
  longitude: number;
  metres: number;
}

/** Which records are shown, and under each heading how many there would be of each value. */
export interface Answer {
  shown: Row[];
  counts: Record<string, Map<string, number>>;
}

export type { Query, State };
