// The addresses below `#circle`: `#circle/<view>/<circle>/<what>`.

import { goTo, linkTo } from '../../shell/router.ts'

export const VIEWS = ['at', 'new', 'join', 'invite', 'member', 'changes', 'alarms'] as const
export type View = (typeof VIEWS)[number]

export interface CirclePlace {
  /** Null for the first screen. */
  view: View | null
  circle: string | undefined
  /** A device, or an invite. */
  what: string | undefined
}

export function circlePlace([first, circle, what]: string[]): CirclePlace {
  return { view: VIEWS.find((view) => view === first) ?? null, circle, what }
}

export function linkIn(view: View, ...rest: string[]): string {
  return linkTo('circle', view, ...rest)
}

export function goIn(view: View, ...rest: string[]): void {
  goTo('circle', view, ...rest)
}
