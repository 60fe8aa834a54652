// Dark or light: what the person chose, else what the system says. Dark is the first choice at night
// and of a screen that should not shine on a face.

import { signal } from '@preact/signals'
import { kept } from './kept.ts'

export type Theme = 'system' | 'dark' | 'light'

export const theme = signal<Theme>(asTheme(kept.read('theme')))
const light = matchMedia('(prefers-color-scheme: light)')

/** Shows the theme and goes on following the system. */
export function followTheme(): void {
  light.addEventListener('change', show)
  show()
}

export function chooseTheme(wanted: Theme): void {
  theme.value = wanted
  kept.write('theme', wanted)
  show()
}

function show(): void {
  const system = light.matches ? 'light' : 'dark'
  const shown = theme.value === 'system' ? system : theme.value
  document.documentElement.dataset['theme'] = shown
  const ground = shown === 'light' ? '#ffffff' : '#0b0d10'
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', ground)
}

function asTheme(name: string | null): Theme {
  return name === 'dark' || name === 'light' ? name : 'system'
}
