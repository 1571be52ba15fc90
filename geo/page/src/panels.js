// What the panels say, unpacked when it is needed: at once on a small map, part by part on a large one.

import { read } from "./data.js";

/** @import { Row, Saying } from "./types" */

const AT_ONCE = 4; // parts that cost less to unpack than to wait for

export class Panels {
  /** @param {Row[]} records @param {Element[]} parts the page's blocks, in order, of the same number of records but the last */
  constructor(records, parts) {
    this.records = records;
    this.parts = parts;
    this.size = parts.length ? Math.ceil(records.length / parts.length) : 1;
    /** @type {Promise<void>[]} */
    this.loading = [];
    this.complete = parts.length === 0;
  }

  /** Unpacks a small map's panels. @param {number} [each] records in a part */
  async begin(each) {
    this.size = each ?? this.size;
    if (this.parts.length <= AT_ONCE) await this.all();
  }

  /** Unpacks the part that holds a record. @param {Row} record */
  of(record) {
    return this.load(Math.floor((record.number - 1) / this.size));
  }

  /** @param {number} part */
  load(part) {
    this.loading[part] ??= read(this.parts[part]).then((/** @type {Saying[]} */ rows) => {
      rows.forEach(([facts, evidence, told, related], i) => {
        const record = this.records[part * this.size + i];
        Object.assign(record, { facts, evidence, told, related });
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
