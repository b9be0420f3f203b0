/** What a drawing is made of: plain geometry in CSS pixels, which a canvas and an SVG both know how to paint. Pure. */

/** What a colour means; the painter's theme says which one that is. */
export type Tone =
  | "running"
  | "completed"
  | "failed"
  | "aborted"
  | "cleared"
  | "leaked"
  | "cancel"
  | "deadline"
  | "finding"
  | "console"
  | "call"
  | "text"
  | "muted"
  | "grid"
  | "band"
  | "current"
  | "cause"
  | "effect"
  | "highlight"
  | "difference";

/** Beside colour, what tells one kind of bar from another. */
export type Texture = "solid" | "outline" | "stripes" | "cross" | "dots";

export type Glyph =
  | "check"
  | "cross"
  | "stop"
  | "dash"
  | "bang"
  | "bolt"
  | "clock"
  | "hold"
  | "prompt"
  | "dot"
  | "ring"
  | "split"
  | "more";

export interface RectShape {
  readonly shape: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly tone: Tone;
  readonly texture: Texture;
  /** Not what the reader asked for: drawn faintly. */
  readonly faint?: boolean;
}

export interface LineShape {
  readonly shape: "line";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly tone: Tone;
  readonly width: number;
  readonly dashed?: boolean;
  /** A head at its second end. */
  readonly arrow?: boolean;
  readonly faint?: boolean;
}

export interface TextShape {
  readonly shape: "text";
  /** The left edge, or the right one where `align` is "end"; the middle of "middle". */
  readonly x: number;
  /** The middle of the line. */
  readonly y: number;
  readonly text: string;
  readonly tone: Tone;
  readonly align: "start" | "middle" | "end";
  /** What is wider is shortened. */
  readonly maxWidth: number;
  /** It stands on a texture, and needs plain ground under it. */
  readonly plate?: boolean;
  readonly faint?: boolean;
}

export interface GlyphShape {
  readonly shape: "glyph";
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly glyph: Glyph;
  readonly tone: Tone;
  readonly faint?: boolean;
}

export type Shape = RectShape | LineShape | TextShape | GlyphShape;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Shapes that are cut off at a box, in the order in which they are painted. */
export interface Layer {
  readonly box: Box;
  readonly shapes: readonly Shape[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly layers: readonly Layer[];
}
