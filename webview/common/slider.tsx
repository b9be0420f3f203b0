/** A number to be chosen within bounds, with its name and its value beside it. Runs in the pages. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Bounds } from "../../src/protocol/simulation.ts";

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly bounds: Bounds;
  /** The value as it is read out and shown, e.g. "120 ms". */
  readonly text: string;
  readonly change: (value: number) => void;
}

export function Slider({ label, value, bounds, text, change }: SliderProps): JSX.Element {
  const id = useId();
  const { min, max, step } = bounds;
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{text}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={text}
        onInput={({ currentTarget }) => {
          change(Number(currentTarget.value));
        }}
      />
    </div>
  );
}
