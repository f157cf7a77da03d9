/** Keys: what each does, shown in the help and changeable in the settings. */

import { recall, remember } from './kept'

export const DEFAULTS = {
  help: ['?'], lang: ['l'], theme: ['t'], search: ['/'],
  explore: ['1'], find: ['2'], review: ['3'], sources: ['4'], log: ['5'], imports: ['6'], settings: ['7'],
  next: ['j'], previous: ['k'], open: ['o'],
  accept: ['Enter', 'a'], reject: ['x'], correct: ['c'], merge: ['m'], undo: ['u'], second: ['s'],
} as const satisfies Record<string, readonly string[]>

export type Action = keyof typeof DEFAULTS
export const ACTIONS = Object.keys(DEFAULTS) as Action[]

function kept(): Record<Action, string[]> {
  const own: Partial<Record<string, unknown>> = {}
  try {
    Object.assign(own, JSON.parse(recall('keys') ?? '{}'))
  } catch {
    remember('keys', null)
  }
  const valid = (value: unknown): value is string[] => Array.isArray(value) && value.every((one) => typeof one === 'string')
  return Object.fromEntries(ACTIONS.map((name) => [name, valid(own[name]) ? own[name] : [...DEFAULTS[name]]])) as Record<Action, string[]>
}

const state = $state<{ keys: Record<Action, string[]> }>({ keys: kept() })

export const keys = {
  of(action: Action): string[] { return state.keys[action] },
  /** Give an action one key in place of those it has; the key is taken from whatever else had it. */
  bind(action: Action, key: string): void {
    for (const other of ACTIONS) if (other !== action) state.keys[other] = state.keys[other].filter((one) => one !== key)
    state.keys[action] = [key]
    remember('keys', JSON.stringify(state.keys))
  },
  reset(): void {
    for (const name of ACTIONS) state.keys[name] = [...DEFAULTS[name]]
    remember('keys', null)
  },
}

/** The key pressed.  On an Arabic keyboard the letter keys are known by their place. */
export function pressed(event: KeyboardEvent): string {
  if (event.key.length === 1 && event.key.charCodeAt(0) > 0x7e && /^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase()
  if (event.key === '؟') return '?'
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

type Handler = (event: KeyboardEvent) => void
type Handlers = Partial<Record<Action, Handler>>
const layers: Handlers[] = []

/** Answer these actions until the returned function is called; the newest that knows an action gets it. */
export function handle(handlers: Handlers): () => void {
  layers.push(handlers)
  return () => {
    const at = layers.indexOf(handlers)
    if (at >= 0) layers.splice(at, 1)
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (typing(event.target) || document.querySelector('dialog[open]')) return
  const key = pressed(event)
  const own = event.target instanceof Element && event.target.closest('a, button, summary, [role=slider], [role=button]')
  if (own && (key === 'Enter' || key === ' ')) return // the thing in focus has its own meaning of Enter
  const action = ACTIONS.find((name) => state.keys[name].includes(key))
  if (!action) return
  for (const layer of [...layers].reverse()) {
    const handler = layer[action]
    if (!handler) continue
    event.preventDefault()
    handler(event)
    return
  }
}

export function listenKeys(): () => void {
  document.addEventListener('keydown', onKey)
  return () => document.removeEventListener('keydown', onKey)
}
