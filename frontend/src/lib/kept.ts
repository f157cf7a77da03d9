/** What this browser remembers of the user's own wishes (language, theme, keys): never data. */

const PREFIX = 'isnad.'

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null // storage is switched off: the wish lasts as long as the page
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, value)
  } catch {
    return
  }
}
