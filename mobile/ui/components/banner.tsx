// One sentence that matters now, with its remedy and perhaps a button. The sign says with a shape what
// the colour says.

import type { ComponentChildren } from 'preact'

export type BannerKind = 'danger' | 'warn' | 'safe' | 'info'

const SIGNS: Record<BannerKind, string> = { danger: '✕', warn: '!', safe: '✓', info: 'i' }

export interface BannerProps {
  kind: BannerKind
  children: ComponentChildren
}

/** Danger is read out at once, the rest when there is a pause. */
export function Banner({ kind, children }: BannerProps) {
  return (
    <div class={`banner ${kind}`} role={kind === 'danger' ? 'alert' : 'status'}>
      <span class="banner-sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      {children}
    </div>
  )
}
