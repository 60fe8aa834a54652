// What screens say to the frame around them.

import { signal } from '@preact/signals'

/** Screens set it to have the whole window: while filming, for a code on the full screen. */
export const immersed = signal(false)
