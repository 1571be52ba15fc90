// Places text so that none overlaps another or a mark: whoever comes first keeps the room.

export class Room {
  constructor(width, height) {
    this.boxes = [];
    this.width = width;
    this.height = height;
  }

  take(left, top, right, bottom) {
    this.boxes.push([left, top, right, bottom]);
  }

  /** Takes the box if it is free and inside the picture. */
  ask(left, top, right, bottom) {
    if (left < 2 || top < 2 || right > this.width - 2 || bottom > this.height - 2) return false;
    if (this.boxes.some(([a, b, c, d]) => left < c && right > a && top < d && bottom > b)) return false;
    this.take(left, top, right, bottom);
    return true;
  }
}

/** Cuts a name into lines of some 16 letters, so that a sea's name stands in it rather than across it. */
export function wrapped(name, most = 16) {
  const lines = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
