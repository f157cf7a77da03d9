/** Who is at the desk and what the server offers. */

import type { Meta, Named } from './types'

const state = $state<{ meta: Meta | null; out: boolean }>({ meta: null, out: false })

export const session = {
  get meta(): Meta | null { return state.meta },
  get out(): boolean { return state.out },
  take(meta: Meta): void {
    state.meta = meta
    state.out = meta.auth !== 'none' && meta.user === null
  },
  lost(): void { state.out = true },
  may(scope: string): boolean {
    if (!state.meta) return false
    const scopes = state.meta.user?.scopes
    if (!scopes) return state.meta.auth === 'none'
    return scopes.includes(scope) || scopes.includes('admin')
  },
  named(group: 'types' | 'grades' | 'reasons' | 'modes', id: string | null): Named | null {
    return id ? (state.meta?.[group]?.find((one) => one.id === id) ?? null) : null
  },
}
