/** Words of the page in Arabic and English: two flat files of ICU messages with the same keys. */

import { IntlMessageFormat } from 'intl-messageformat'
import ar from '../messages/ar.json'
import en from '../messages/en.json'
import { recall, remember } from './kept'
import type { Lang, Named } from './types'

export type Key = keyof typeof ar
const MESSAGES: Record<Lang, Record<string, string>> = { ar, en }
/** Latin digits in both languages, as the reports' own figures are quoted beside them. */
const LOCALES: Record<Lang, string> = { ar: 'ar-u-nu-latn', en: 'en-GB' }

function first(): Lang {
  const named = new URLSearchParams(location.search).get('lang') ?? recall('lang')
  return named === 'en' ? 'en' : 'ar'
}

const state = $state<{ lang: Lang }>({ lang: first() })
const formats = new Map<string, IntlMessageFormat>()

export const language = {
  get lang(): Lang { return state.lang },
  get locale(): string { return LOCALES[state.lang] },
  get rtl(): boolean { return state.lang === 'ar' },
}

export function speak(lang: Lang): void {
  state.lang = lang
  remember('lang', lang)
}

/** The message `key` in the present language with its values put in; an unknown key is shown as it stands. */
export function t(key: Key, values?: Record<string, string | number>): string {
  const lang = state.lang
  const source = MESSAGES[lang][key]
  if (source === undefined) return key
  if (!values) return source
  const kept = `${lang} ${key}`
  let format = formats.get(kept)
  if (!format) formats.set(kept, (format = new IntlMessageFormat(source, LOCALES[lang])))
  return String(format.format(values))
}

/** A message whose key is made from a code, or the code itself where there is none. */
export function term(group: string, code: string | null | undefined): string {
  if (!code) return '—'
  return MESSAGES[state.lang][`${group}.${code}`] ?? code
}

/** The name of a thing in the present language, in the other one if it has no other, else its id. */
export function nameOf(thing: Named | string | null | undefined): string {
  if (!thing) return '—'
  if (typeof thing === 'string') return thing
  return (state.lang === 'ar' ? thing.ar || thing.en : thing.en || thing.ar) || thing.id
}

export function pick(label: { ar?: string | null; en?: string | null } | string | null | undefined): string {
  if (!label) return ''
  if (typeof label === 'string') return label
  return (state.lang === 'ar' ? label.ar || label.en : label.en || label.ar) || ''
}

export function idOf(thing: Named | string | null | undefined): string {
  return !thing ? '' : typeof thing === 'string' ? thing : thing.id
}

export function number(value: number): string {
  return new Intl.NumberFormat(LOCALES[state.lang]).format(value)
}
