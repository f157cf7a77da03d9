import { recall, remember } from './kept'

export type Theme = 'auto' | 'light' | 'dark'
const named = new URLSearchParams(location.search).get('theme') ?? recall('theme')
const state = $state<{ theme: Theme; dark: boolean }>({ theme: named === 'light' || named === 'dark' ? named : 'auto', dark: false })
const system = matchMedia('(prefers-color-scheme: dark)')

export const theme = {
  get theme(): Theme { return state.theme },
  get dark(): boolean { return state.dark },
}

function apply(): void {
  state.dark = state.theme === 'dark' || (state.theme === 'auto' && system.matches)
  document.documentElement.dataset['theme'] = state.dark ? 'dark' : 'light'
}

export function paint(wish: Theme): void {
  state.theme = wish
  remember('theme', wish)
  apply()
}

system.addEventListener('change', apply)
apply()
