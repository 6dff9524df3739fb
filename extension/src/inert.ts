/** Words with a path, a setting or an answer in them, where VS Code reads `[words](command:...)` and `$(icon)`. */
export function inert(words: string): string {
  return words.replaceAll('](', ']\u200b(').replaceAll('$(', '$\u200b(');
}
