/** Shapes that both PDF and OFD can paint. Lengths in mm from the top left corner of the page. */
export type Shape = TextShape | LineShape;

export interface TextShape {
  kind: 'text';
  text: string;
  /** Left end of the baseline. */
  x: number;
  y: number;
  size: number;
  colour: Colour;
  /** Degrees, counter-clockwise. */
  turned: number;
}

export interface LineShape {
  kind: 'line';
  from: { x: number; y: number };
  to: { x: number; y: number };
  width: number;
  colour: Colour;
}

/** Red, green, blue, 0–255. */
export type Colour = readonly [number, number, number];

export interface Drawing {
  width: number;
  height: number;
  shapes: Shape[];
}
