// What the pages say, read from their source: each text in Spanish with its English.
import fs from 'node:fs';

const FOLDER = new URL('../../../console/pages/src/', import.meta.url);
const source = (fs.readdirSync(FOLDER, {recursive: true}).filter((name) => name.endsWith('.ts')).sort()
  .map((name) => fs.readFileSync(new URL(name, FOLDER), 'utf8')).join('\n'));
const TEXT = '("(?:[^"\\\\]|\\\\.)*")';

const english = new Map();  // of each its English ones: a word may have several
for (const [, es, en] of source.matchAll(new RegExp(`(?:\\bt\\(|\\[|either\\()\\s*${TEXT},\\s*${TEXT},?\\s*[\\])]`, 'g'))) {
  const of = JSON.parse(es);
  english.set(of, (english.get(of) ?? new Set()).add(JSON.parse(en)));
}

// What the pages say in a language, by the Spanish text.
export function inLanguage(text, language) {
  if (!english.has(text)) throw new Error(`no page says "${text}"`);
  return language === 'en' ? [...english.get(text)] : [text];
}

// The addresses of all pages.
export const paths = [...source.matchAll(/^ {2}path: "([\w-]+)",$/gm)].map(([, path]) => path);
