// A button, or a link that looks like one. At least 48 px each way (tokens.css).

import type { ComponentChildren, JSX } from 'preact'

export interface ButtonProps {
  children: ComponentChildren
  /** @default 'quiet' */
  kind?: 'primary' | 'quiet' | 'danger' | 'plain'
  /** As wide as what holds it. */
  wide?: boolean
  disabled?: boolean
  /** Said where the children are only a sign. */
  label?: string
  pressed?: boolean
  onClick?: () => void
  /** Makes it a link. */
  href?: string
  type?: 'button' | 'submit'
}

export function Button(props: ButtonProps): JSX.Element {
  const { children, kind = 'quiet', wide = false, label, onClick, href } = props
  const shape = `button ${kind}${wide ? ' wide' : ''}`
  if (href !== undefined) {
    return (
      <a class={shape} href={href} aria-label={label} onClick={onClick}>
        {children}
      </a>
    )
  }
  return (
    <button
      class={shape}
      type={props.type ?? 'button'}
      disabled={props.disabled ?? false}
      aria-label={label}
      aria-pressed={props.pressed}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
