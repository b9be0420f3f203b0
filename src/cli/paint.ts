/** Colours of a terminal; where it has none, the text stays as it is. */

const codes = { red: [31, 39], green: [32, 39], cyan: [36, 39], dim: [2, 22], bold: [1, 22] } as const;

export type Paint = (colour: keyof typeof codes, text: string) => string;

export function createPaint(colour: boolean): Paint {
  return (name, text) => {
    const [on, off] = codes[name];
    return colour && text !== "" ? `\u001b[${String(on)}m${text}\u001b[${String(off)}m` : text;
  };
}
