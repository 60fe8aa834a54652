// What a person types or chooses: the label is always there, a remark below it where one helps.

import type { ComponentChildren } from 'preact'

export interface FieldProps {
  label: string
  note?: string
  /** The input itself. */
  children: ComponentChildren
}

export function Field({ label, note, children }: FieldProps) {
  return (
    <label class="field">
      <span>{label}</span>
      {children}
      {note !== undefined && <span class="field-note">{note}</span>}
    </label>
  )
}

export interface ChoiceProps<Value extends string> {
  legend: string
  name: string
  value: Value
  options: readonly { value: Value; label: string; note?: string }[]
  onChoose: (value: Value) => void
}

/** One of a few, all seen at once. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      {props.options.map(({ value, label, note }) => (
        <label class="choice" key={value}>
          <input
            type="radio"
            name={props.name}
            checked={value === props.value}
            onChange={() => props.onChoose(value)}
          />
          <span>
            {label}
            {note !== undefined && <span class="list-item-note">{note}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
