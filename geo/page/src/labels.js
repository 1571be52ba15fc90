// Places text so that none overlaps another or a mark: whoever comes first keeps the room.

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const SERIF = '"Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Times New Roman", serif';

export class Room {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    /** @type {[number, number, number, number][]} */
    this.boxes = [];
    this.width = width;
    this.height = height;
  }

  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  take(left, top, right, bottom) {
    this.boxes.push([left, top, right, bottom]);
  }

  /** Takes the box if it is free and inside the picture. @param {number} left @param {number} top @param {number} right @param {number} bottom */
  ask(left, top, right, bottom) {
    if (left < 2 || top < 2 || right > this.width - 2 || bottom > this.height - 2) return false;
    if (this.boxes.some(([a, b, c, d]) => left < c && right > a && top < d && bottom > b)) return false;
    this.take(left, top, right, bottom);
    return true;
  }
}

/** Cuts a name into lines of some 16 letters, so that a sea's name stands in it rather than across it. @param {string} name */
export function wrapped(name, most = 16) {
  /** @type {string[]} */
  const lines = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
