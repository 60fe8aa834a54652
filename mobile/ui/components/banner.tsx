// One sentence that matters now, with its remedy and perhaps a button. The sign says with a shape what
// the colour says. What changes by the second stands beside the sentence, not in it.

import type { ComponentChildren } from 'preact'

export type BannerKind = 'danger' | 'warn' | 'safe' | 'info'

const SIGNS: Record<BannerKind, string> = { danger: '✕', warn: '!', safe: '✓', info: 'i' }

export interface BannerProps {
  kind: BannerKind
  children: ComponentChildren
  /** Seen, and read by who goes there; not read out, which would be every second. */
  ticking?: string | null
}

/** Danger is read out at once, the rest when there is a pause. */
export function Banner({ kind, children, ticking = null }: BannerProps) {
  return (
    <div class={`banner ${kind}`}>
      <span class="banner-sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      <div class="banner-words">
        <div class="banner-said" role={kind === 'danger' ? 'alert' : 'status'}>
          {children}
        </div>
        {ticking !== null && <p class="number">{ticking}</p>}
      </div>
    </div>
  )
}
