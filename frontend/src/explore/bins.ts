/** Days put into bars: by day, by week, or by month, as the width allows. */

const DAY = 86_400_000
export interface Bar { start: number; end: number; count: number }

export const toNumber = (day: string): number => Math.floor(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / DAY)
export const toDay = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10)

function monthOf(n: number): number {
  const date = new Date(n * DAY)
  return Math.floor(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY)
}

/** Bars with first and last day number (both within), sorted, without the empty ones. */
export function bars(days: { day: string; count: number }[], most: number): Bar[] {
  const known = days.map(({ day, count }) => ({ n: toNumber(day), count })).filter(({ n }) => Number.isFinite(n))
  if (!known.length) return []
  const first = Math.min(...known.map(({ n }) => n))
  const last = Math.max(...known.map(({ n }) => n))
  const length = last - first + 1
  const out = new Map<number, Bar>()
  for (const { n, count } of known) {
    const start = length <= most ? n : length <= most * 7 ? first + Math.floor((n - first) / 7) * 7 : monthOf(n)
    const end = length <= most ? n : length <= most * 7 ? start + 6 : monthOf(start + 32) - 1
    const bar = out.get(start)
    if (bar) bar.count += count
    else out.set(start, { start, end, count })
  }
  return [...out.values()].sort((a, b) => a.start - b.start)
}
