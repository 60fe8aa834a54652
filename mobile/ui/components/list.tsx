// A list whose rows can be touched: something on the left, words, something on the right.

import type { ComponentChildren } from 'preact'

export function List({ children, label }: { children: ComponentChildren; label?: string }) {
  return (
    <ul class="list" aria-label={label}>
      {children}
    </ul>
  )
}

export interface ListItemProps {
  children: ComponentChildren
  /** A second, quieter line. */
  note?: ComponentChildren
  before?: ComponentChildren
  after?: ComponentChildren
  href?: string
  onClick?: () => void
}

export function ListItem({ children, note, before, after, href, onClick }: ListItemProps) {
  const inside = (
    <>
      {before}
      <span class="list-item-text">
        {children}
        {note !== undefined && <span class="list-item-note">{note}</span>}
      </span>
      {after}
    </>
  )
  if (href !== undefined) {
    return (
      <li>
        <a class="list-item" href={href}>
          {inside}
        </a>
      </li>
    )
  }
  if (onClick === undefined) return <li class="list-item">{inside}</li>
  return (
    <li>
      <button class="list-item" type="button" onClick={onClick}>
        {inside}
      </button>
    </li>
  )
}
