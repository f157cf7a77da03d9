/** Short lines said to the user, also to a screen reader; the last three stay until closed or ten seconds old. */

interface Notice { id: number; text: string; act?: { label: string; run: () => void } }
const state = $state<{ all: Notice[] }>({ all: [] })
let count = 0

export const notices = {
  get all(): Notice[] { return state.all },
  say(text: string, act?: { label: string; run: () => void }): void {
    const id = ++count
    state.all = [...state.all.slice(-2), act ? { id, text, act } : { id, text }]
    setTimeout(() => notices.drop(id), 10_000)
  },
  drop(id: number): void { state.all = state.all.filter((one) => one.id !== id) },
}
