/** Dates, ranges and texts as both languages write them. */

import { language, nameOf, number, pick, t } from './i18n.svelte'
import type { Claim, Days, Incident, PlaceRef, Range } from './types'

const DAY = /^\d{4}-\d{2}-\d{2}/

function asDate(day: string): Date | null {
  if (!DAY.test(day)) return null
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  return Number.isNaN(date.getTime()) ? null : date
}

export function day(value: string | null | undefined): string {
  const date = value ? asDate(value) : null
  if (!date) return value || '—'
  return new Intl.DateTimeFormat(language.locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(date)
}

export function moment(value: string | null | undefined): string {
  if (!value) return '—'
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return value
  return new Intl.DateTimeFormat(language.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(date)
}

/** First and last day, said in words: a dash between two figures turns round in a right-to-left line. */
export function days(value: Days | null | undefined): string {
  if (!value || (!value.start && !value.end)) return value?.text || '—'
  const { start, end } = value
  if (start && end && start !== end) return t('range.days', { from: day(start), to: day(end) })
  if (!start) return t('range.until', { day: day(end) })
  if (!end) return t('range.since', { day: day(start) })
  return day(start)
}

/** «بين 12 و15», "12 to 15", "at least 3", or one figure. */
export function range(value: Range | undefined): string {
  if (!value || (value[0] === null && value[1] === null)) return '—'
  const [low, high] = value
  if (low !== null && high !== null) return low === high ? number(low) : t('range.between', { low: number(low), high: number(high) })
  return low !== null ? t('range.least', { low: number(low) }) : t('range.most', { high: number(high as number) })
}

/** Any value of a claim as a line of text. */
export function anything(value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (value === true) return t('value.true')
  if (value === false) return t('value.false')
  if (typeof value === 'number') return number(value)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) {
    if (value.length === 2 && value.every((one) => one === null || typeof one === 'number')) return range(value as unknown as Range)
    return value.map(anything).join(language.rtl ? '، ' : ', ')
  }
  const thing = value as Record<string, unknown>
  if ('start' in thing || 'end' in thing) return days(thing as unknown as Days)
  const named = language.rtl ? (thing['ar'] ?? thing['name'] ?? thing['en']) : (thing['en'] ?? thing['name'] ?? thing['ar'])
  return String(named ?? thing['text'] ?? thing['id'] ?? JSON.stringify(value))
}

export const GRADE_SIGNS: Record<string, string> = { confirmed: '●', fair: '◕', weak: '◔', contested: '◐', discounted: '○' }
export const STATUS_SIGNS: Record<string, string> = { actual: '●', denied: '✕', planned: '◔', hypothetical: '?' }
export const SAYS_SIGNS: Record<string, string> = { says: '✓', repeats: '↻', denies: '✕' }

const CONTROLS = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/

/** Split a text at marks that turn the direction of what follows, so that they can be shown and not obeyed. */
export function parts(text: string): { text: string; mark: string | null }[] {
  if (!CONTROLS.test(text)) return [{ text, mark: null }]
  return text.split(CONTROLS).filter(Boolean).map((part) => {
    const code = part.codePointAt(0) as number
    const turns = part.length === 1 && CONTROLS.test(part)
    // The plain direction marks (U+061C, U+200E, U+200F) reach no further than themselves: they stay.
    return turns && code >= 0x202a ? { text: '', mark: `U+${code.toString(16).toUpperCase()}` } : { text: part, mark: null }
  })
}

/** A place in the report's own Arabic words, or by the gazetteer's English name. */
export function placeName(place: Pick<PlaceRef, 'name' | 'text'>): string {
  return (language.rtl ? place.text || place.name : place.name || place.text) ?? ''
}

/** What a claim says, written as this page writes days, counts and places. */
export function claimed(claim: Claim): string {
  const { field, value, label } = claim
  if (value === null || value === undefined) return claim.span?.text ? `«${claim.span.text}»` : '—'
  if (field === 'place' && typeof value === 'object' && 'text' in value) return placeName(value as PlaceRef)
  if (field === 'date' && typeof value === 'object') return days(value as Days) === '—' && claim.span?.text ? `«${claim.span.text}»` : days(value as Days)
  if (Array.isArray(value) && (field === 'killed' || field === 'injured' || field === 'detained')) return range(value as unknown as Range)
  return pick(label) || anything(value)
}

/** The name behind a speaker's id, «kind:name» or «kind:name@outlet:name». */
export function speakerName(id: string, incident: Incident): string {
  const [own = id, carrier] = id.split('@')
  // In the chain somebody nameless is known by the outlet too, as «kind:outlet:name».
  const whole = carrier ? own.replace(':', `:${carrier.replace(/^[a-z]+:/, '')}:`) : own
  const known = incident.chain.nodes.find((one) => one.id === own || one.id === whole)
  const outlet = (at: string): string => nameOf(incident.voices.outlets.find((one) => `outlet:${typeof one === 'string' ? one : one.id}` === at) ?? at.replace(/^[a-z]+:/, ''))
  const name = known ? pick(known.label) : own.startsWith('outlet:') ? outlet(own) : own.replace(/^[a-z]+:/, '')
  return carrier ? `${name} (${outlet(carrier)})` : name
}
