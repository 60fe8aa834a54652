// How far something is, in words and as a bar.

export interface ProgressProps {
  label: string
  /** 0 to 1; null while it cannot be said. */
  value: number | null
}

export function Progress({ label, value }: ProgressProps) {
  return (
    <label class="progress">
      <span>{label}</span>
      {value === null ? <progress max={1} /> : <progress max={1} value={value} />}
    </label>
  )
}
