/** Escape text with a path or a setting in it where VS Code would read `[text](command:...)` and `$(icon)`. */
export function inert(text: string): string {
  return text.replaceAll('](', ']\u200b(').replaceAll('$(', '$\u200b(');
}
