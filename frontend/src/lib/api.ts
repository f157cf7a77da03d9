/** Calls of /api/v1.  A refusal is thrown as a `Problem` (RFC 9457). */

import { language } from './i18n.svelte'
import { session } from './session.svelte'

export const BASE = '/api/v1'

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly code: string,
    readonly body: Record<string, unknown> = {},
  ) {
    super(detail || title)
  }
}

export interface Answer<T> { data: T; etag: string | null; url: string }
export type Query = URLSearchParams | Record<string, string | number | null | undefined>

function address(path: string, query?: Query): string {
  if (!query) return BASE + path
  const params = query instanceof URLSearchParams ? query : new URLSearchParams()
  if (!(query instanceof URLSearchParams))
    for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined && value !== '') params.set(name, String(value))
  const text = params.toString()
  return BASE + path + (text ? `?${text}` : '')
}

async function problem(response: Response): Promise<Problem> {
  let body: Record<string, unknown> = {}
  try {
    const read: unknown = await response.json()
    if (read && typeof read === 'object') body = read as Record<string, unknown>
  } catch {
    body = {}
  }
  const word = (name: string): string => (typeof body[name] === 'string' ? (body[name] as string) : '')
  return new Problem(response.status, word('title') || `HTTP ${response.status}`, word('detail'), word('code'), body)
}

async function call(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, '', '', 'no-answer')
  }
  if (response.ok) return response
  const found = await problem(response)
  if (response.status === 401) session.lost()
  throw found
}

async function body<T>(response: Response): Promise<T> {
  const text = await response.text()
  return (text ? JSON.parse(text) : null) as T
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer<T>> {
  const response = await call(address(path, query), {
    headers: { Accept: 'application/json, application/geo+json, application/problem+json', 'Accept-Language': language.lang },
    ...(signal ? { signal } : {}),
  })
  return { data: await body<T>(response), etag: response.headers.get('ETag'), url: response.url }
}

export async function send<T>(method: string, path: string, what?: unknown, ifMatch?: string | null): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': language.lang }
  const token = session.meta?.csrf
  if (token) headers['X-CSRF-Token'] = token
  if (ifMatch) headers['If-Match'] = ifMatch
  let payload: BodyInit | undefined
  if (what instanceof FormData) payload = what
  else if (what !== undefined) {
    headers['Content-Type'] = 'application/json'
    payload = JSON.stringify(what)
  }
  const response = await call(BASE + path, { method, headers, ...(payload === undefined ? {} : { body: payload }) })
  return { data: await body<T>(response), etag: response.headers.get('ETag'), url: response.url }
}

export function stopped(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
