/** Puts a control of controls.ts into a page, and another in its place when the maker changes. Runs in a webview's page. */
import { createContext, type JSX } from "preact";
import { useContext, useLayoutEffect, useRef } from "preact/hooks";
import type { ButtonOptions, Control, Controls, RadioGroupOptions } from "./controls.ts";
import { nativeControls } from "./nativeControls.ts";

/** Who makes the controls of the page. */
export const ControlMaker = createContext<Controls>(nativeControls);

export function RadioGroup(props: RadioGroupOptions): JSX.Element {
  return <div class="control" ref={useControl((controls) => controls.radioGroup(props), props)} />;
}

export function Button(props: ButtonOptions & { readonly focused?: boolean }): JSX.Element {
  return <div class="control" ref={useControl((controls) => controls.button(props), props, props.focused)} />;
}

interface Holder {
  current: HTMLDivElement | null;
}

/** The focus stays in the control when its maker changes; with `focused` it also goes there when it first appears. */
function useControl<Options>(
  make: (controls: Controls) => Control<Options>,
  options: Options,
  focused = false,
): Holder {
  const controls = useContext(ControlMaker);
  const holder = useRef<HTMLDivElement>(null);
  const control = useRef<Control<Options> | undefined>(undefined);
  useLayoutEffect(() => {
    const hadFocus = holder.current?.contains(document.activeElement) === true;
    const first = control.current === undefined;
    const made = make(controls);
    control.current = made;
    holder.current?.replaceChildren(made.element);
    if (hadFocus || (first && focused)) made.focus();
  }, [controls]);
  useLayoutEffect(() => {
    control.current?.update(options);
  });
  return holder;
}
