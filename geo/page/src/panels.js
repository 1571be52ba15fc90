// What the panels say, unpacked when it is needed: at once on a small map, part by part on a large one.

import { read } from "./data.js";

const FIELDS = ["facts", "evidence", "told", "related"];
const AT_ONCE = 4; // parts that cost less to unpack than to wait for

export class Panels {
  /** @param {object[]} records @param {Element[]} parts the page's blocks, in order, of the same number of records but the last */
  constructor(records, parts) {
    Object.assign(this, { records, parts, size: parts.length ? Math.ceil(records.length / parts.length) : 1, loading: [], complete: parts.length === 0 });
  }

  /** Unpacks a small map's panels. */
  async begin(each) {
    this.size = each ?? this.size;
    if (this.parts.length <= AT_ONCE) await this.all();
  }

  /** Unpacks the part that holds a record. */
  of(record) {
    return this.load(Math.floor((record.number - 1) / this.size));
  }

  load(part) {
    this.loading[part] ??= read(this.parts[part]).then((rows) => {
      rows.forEach((values, i) => {
        const record = this.records[part * this.size + i];
        FIELDS.forEach((name, j) => (record[name] = values[j]));
        delete record.text;
      });
    });
    return this.loading[part];
  }

  async all() {
    await Promise.all(this.parts.map((_, part) => this.load(part)));
    this.complete = true;
  }
}
